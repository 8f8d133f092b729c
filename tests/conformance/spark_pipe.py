"""Runs `convert --stream` under Apache Spark's RDD.pipe and compares with a run without it.

Usage: spark_pipe.py PROGRAM FILE…   (needs pyspark and Java; the network is not used)
"""
import json
import shlex
import subprocess
import sys

from pyspark.sql import SparkSession


def main():
    program, paths = sys.argv[1], sys.argv[2:]
    alone = subprocess.run([program, "convert", "--stream"], input="\n".join(paths), capture_output=True, text=True)
    if alone.returncode not in (0, 3):
        sys.exit(alone.stderr)
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    lines = spark.sparkContext.parallelize(paths, 3).pipe(shlex.join([program, "convert", "--stream"])).cache()
    piped = [json.loads(line) for line in lines.collect()]
    expected = [json.loads(line) for line in alone.stdout.splitlines()]
    if piped != expected:
        sys.exit("the lines under Spark differ from those of a run without it")
    plans = spark.read.json(lines)
    groups = {row[0] for row in plans.selectExpr("get(documents, 0).group").collect()}
    spark.stop()
    print(f"spark: {len(piped)} files, the same lines as without it, groups: {sorted(map(str, groups))}")


if __name__ == "__main__":
    main()
