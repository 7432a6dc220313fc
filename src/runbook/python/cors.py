def cors():
    for name in BUCKETS:
        let_page_upload(name)


def let_page_upload(name):
    rule = {{cors_rule}}
    found = attempt(["NoSuchCORSConfiguration"], s3.get_bucket_cors, Bucket=name)
    rules = found["CORSRules"] if found else []
    if any(lets_as_much(there, rule) for there in rules):
        print(f"The CORS rules of the bucket {name} let the page upload already.")
        return
    # To put the configuration is to replace it: the rules that are there go along. The first that fits a request counts.
    s3.put_bucket_cors(Bucket=name, CORSConfiguration={"CORSRules": [rule, *rules]})
    print(f"The bucket {name} lets the page upload.")


def lets_as_much(there, rule):
    """Whether a rule that is there lets the page do as much as another."""
    members = ("AllowedOrigins", "AllowedMethods", "AllowedHeaders")
    allows = all(set(rule[member]) <= set(there.get(member, [])) for member in members)
    return allows and "ETag" in there.get("ExposeHeaders", [])
