"""Who does what within the day, once it is known who works when.

The roster search counts activities but does not care who has which.  Exchanges between people of
one place and day cover nothing better or worse; they make the day calm: few changes of activity,
and nobody with customers for longer at a stretch than the case says.
"""
