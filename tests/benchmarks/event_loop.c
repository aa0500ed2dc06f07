/* A plain event loop of the same rules (classes, skills, patience, shifts, breaks, doors, desks) in C:
 * the physical reference for speed.  Patience without events, linear scans over clerks. */
#include <stdint.h>
#include <stdlib.h>
typedef int64_t i64;
#define NEVER INT64_MAX
enum { OFF, IDLE, STAY, BUSY };
typedef struct { i64 *key; i64 *row; i64 size; } Heap;
static void push(Heap *h, i64 k, i64 r) {
  i64 c = h->size++;
  while (c > 0) { i64 p = (c - 1) / 2; if (h->key[p] < k || (h->key[p] == k && h->row[p] < r)) break;
    h->key[c] = h->key[p]; h->row[c] = h->row[p]; c = p; }
  h->key[c] = k; h->row[c] = r;
}
static void drop(Heap *h) {
  i64 n = --h->size, k = h->key[n], r = h->row[n], c = 0;
  for (;;) { i64 d = 2 * c + 1; if (d >= n) break;
    if (d + 1 < n && (h->key[d + 1] < h->key[d] || (h->key[d + 1] == h->key[d] && h->row[d + 1] < h->row[d]))) d++;
    if (k < h->key[d] || (k == h->key[d] && r < h->row[d])) break;
    h->key[c] = h->key[d]; h->row[c] = h->row[d]; c = d; }
  h->key[c] = k; h->row[c] = r;
}
typedef struct { const int32_t *first; const i64 *start, *end, *mask, *pause; const uint8_t *stays;
  i64 *piece, *ready, *due, *held; int8_t *status; } Staff;
static void proceed(Staff *s, i64 c, i64 now, int leaves) {
  i64 last = s->first[c + 1];
  while (s->piece[c] < last) {
    i64 p = s->piece[c], begin = s->start[p] > s->ready[c] ? s->start[p] : s->ready[c];
    i64 end = s->end[p], limit = end;
    if (s->stays[p]) { i64 next = p + 1 < last ? s->start[p + 1] : NEVER; if (next > limit) limit = next; }
    if (begin < limit && now < begin) { s->status[c] = OFF; s->due[c] = begin; return; }
    if (begin < limit && now < limit && !leaves) {
      s->status[c] = now < end ? IDLE : STAY; s->due[c] = now < end ? end : limit;
      s->held[c] = s->mask[p]; return; }
    if (s->pause[p] > 0) s->ready[c] = (begin > now ? begin : now) + s->pause[p];
    s->piece[c] = p + 1; leaves = 0;
  }
  s->status[c] = OFF; s->due[c] = NEVER;
}
void play(i64 n, const i64 *arrival, const i64 *rank, const int32_t *work, const int8_t *skill,
          const int32_t *patience, i64 staff, const int32_t *first, const i64 *start, const i64 *end,
          const i64 *mask, const i64 *pause, const uint8_t *stays, i64 doors, const i64 *closing,
          i64 skills, i64 steps, const i64 *from, const int32_t *desks, i64 *call) {
  i64 *buffer = calloc(4 * staff + 2 * n * skills + staff, sizeof(i64));
  Staff s = {first, start, end, mask, pause, stays, buffer, buffer + staff, buffer + 2 * staff,
             buffer + 3 * staff, (int8_t *)(buffer + 4 * staff)};
  Heap *heaps = calloc(skills, sizeof(Heap));
  for (i64 k = 0; k < skills; k++) {
    heaps[k].key = buffer + 5 * staff + 2 * n * k; heaps[k].row = heaps[k].key + n; }
  for (i64 c = 0; c < staff; c++) { s.piece[c] = first[c]; s.ready[c] = -NEVER; proceed(&s, c, -NEVER, 0); }
  i64 next = 0, door = 0, step = 0, serving = 0;
  for (;;) {
    i64 now = next < n ? arrival[next] : NEVER;
    for (i64 c = 0; c < staff; c++) if (s.due[c] < now) now = s.due[c];
    if (door < doors && closing[door] < now) now = closing[door];
    if (step < steps && from[step] < now) now = from[step];
    if (now == NEVER) break;
    while (step < steps && from[step] <= now) step++;
    for (i64 c = 0; c < staff; c++) if (s.due[c] == now) {
      serving -= s.status[c] == BUSY; proceed(&s, c, now, 0); }
    while (next < n && arrival[next] == now) { push(&heaps[skill[next]], rank[next], next); next++; }
    while (!step || serving < desks[step - 1]) {
      i64 best = -1, who = -1;
      for (i64 k = 0; k < skills; k++) {
        Heap *h = &heaps[k];
        while (h->size && patience[h->row[0]] != INT32_MAX && arrival[h->row[0]] + patience[h->row[0]] < now) drop(h);
        if (!h->size) continue;
        if (best >= 0 && (h->key[0] > heaps[best].key[0] ||
            (h->key[0] == heaps[best].key[0] && h->row[0] > heaps[best].row[0]))) continue;
        i64 pick = -1; int few = 99;
        for (i64 c = 0; c < staff; c++)
          if ((s.status[c] == IDLE || s.status[c] == STAY) && (s.held[c] >> k & 1)) {
            int many = __builtin_popcountll(s.held[c]); if (many < few) { few = many; pick = c; } }
        if (pick >= 0) { best = k; who = pick; }
      }
      if (best < 0) break;
      i64 row = heaps[best].row[0]; drop(&heaps[best]);
      call[row] = now; serving++; s.status[who] = BUSY; s.due[who] = now + work[row];
    }
    if (door < doors && closing[door] == now) door++;
    for (i64 c = 0; c < staff; c++) if (s.status[c] == STAY) {
      i64 wanted = 0;
      for (i64 k = 0; k < skills; k++) { Heap *h = &heaps[k];
        while (h->size && patience[h->row[0]] != INT32_MAX && arrival[h->row[0]] + patience[h->row[0]] <= now) drop(h);
        wanted |= h->size > 0 && (s.held[c] >> k & 1); }
      if (!wanted) proceed(&s, c, now, 1);
    }
  }
  free(heaps); free(buffer);
}
