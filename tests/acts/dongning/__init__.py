"""What may be done under Dongning's rules, said a second time in plain Python: the hand-written table of the random walks."""
