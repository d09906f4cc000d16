"""A storage that speaks S3, for tests: moto on a free port of loopback, with a bucket (the only argument) and a key.

The first line says {port, access_key, secret_key}. From then on requests are judged by their signature. Every line of input,
{bucket, name}, is answered with what is stored there: {hex}, or {missing}.
"""
import json
import logging
import os
import sys

os.environ["AWS_ACCESS_KEY_ID"] = os.environ["AWS_SECRET_ACCESS_KEY"] = "test"
os.environ["AWS_DEFAULT_REGION"] = "us-east-1"
logging.disable(logging.WARNING)

import boto3
from moto import settings
from moto.server import ThreadedMotoServer

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
_, port = server.get_host_and_port()
url = f"http://127.0.0.1:{port}"

iam = boto3.client("iam", endpoint_url=url)
iam.create_user(UserName="test")
everything = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
iam.put_user_policy(UserName="test", PolicyName="all", PolicyDocument=json.dumps(everything))
key = iam.create_access_key(UserName="test")["AccessKey"]
own = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
s3 = boto3.client("s3", endpoint_url=url, **own)
s3.create_bucket(Bucket=sys.argv[1])
settings.INITIAL_NO_AUTH_ACTION_COUNT = 0.0

print(json.dumps({"port": port, "access_key": own["aws_access_key_id"], "secret_key": own["aws_secret_access_key"]}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    try:
        found = s3.get_object(Bucket=asked["bucket"], Key=asked["name"])["Body"].read()
        print(json.dumps({"hex": found.hex()}), flush=True)
    except Exception as error:
        print(json.dumps({"missing": str(error)}), flush=True)
