"""The files between the job and the requests.

In the order in which data flows:

csv_parts    writes the lists as CSV parts
csv_kernels  its compiled loop
taste_parts  writes the lists of taste
generations  manifest, switch to a new generation, reading one person's lines
storage      where files lie: a folder …
s3           … or a prefix of an S3 bucket
health       whether the files are there, whole and fresh
verify       compares the files with scikit-learn
"""
