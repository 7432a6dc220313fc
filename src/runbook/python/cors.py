def cors():
    for name in BUCKETS:
        let_page_upload(name)


def let_page_upload(name):
    rule = {{cors_rule}}
    found = attempt(["NoSuchCORSConfiguration"], s3.get_bucket_cors, Bucket=name)
    rules = found["CORSRules"] if found else []
    if any(set(rule["AllowedOrigins"]) <= set(there["AllowedOrigins"]) for there in rules):
        print(f"The CORS rules of the bucket {name} name the page already.")
        return
    # To put the configuration is to replace it: the rules that are there go along.
    s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [*rules, rule]})
    print(f"The bucket {name} lets the page upload.")
