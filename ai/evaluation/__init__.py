"""How good the recommendations are on people of whom one knows what they kept.

The newest part of what each person kept is held out, and every method says, from the rest, what
the person will keep. The skills of people are derived again from the rest, or the held-out part
would leak into them. Everything is seeded: the same data gives the same table. In the order in
which data flows:

data     reads who kept what, newest first, and splits it into known and held out
methods  the endpoint's own steps on that data, and what they are compared with
judge    recall, nDCG, coverage, and intervals around them
report   tables and plots
"""
