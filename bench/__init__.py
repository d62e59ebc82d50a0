"""Benchmarks: each prints ratios to a floor that is measured in the same run.

- `board`, `chat`, `recommendations`, `notification`: the product's endpoints, sockets and jobs
- `similarity`: the similarity job alone, without a database
- `attack`: what one client can cost
- `prices`, `message_sql`: what each piece of code written for speed buys
- `floor`, `relay`: what board and chat are compared with
- `servers`, `settings`: the servers and databases that a benchmark runs for itself
"""
