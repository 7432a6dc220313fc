def cors():
    rule = {{cors_rule}}
    found = attempt(["NoSuchCORSConfiguration"], s3.get_bucket_cors, Bucket=BUCKET)
    rules = found["CORSRules"] if found else []
    if any(set(rule["AllowedOrigins"]) <= set(there["AllowedOrigins"]) for there in rules):
        print("The bucket's CORS rules name the page already.")
        return
    # To put the configuration is to replace it: the rules that are there go along.
    s3.put_bucket_cors(Bucket=BUCKET, CORSConfiguration={"CORSRules": [*rules, rule]})
    print("The bucket lets the page upload.")
