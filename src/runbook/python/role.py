def trust_policy(account):
    return {{trust}}


def role_policy(account):
    return {{role_policy}}


def role():
    number = account()
    found = attempt(["NoSuchEntity"], iam.get_role, RoleName=ROLE)
    if found is None:
        iam.create_role(
            RoleName=ROLE,
            Description="Lets VM Import/Export read disk images",
            AssumeRolePolicyDocument=json.dumps(trust_policy(number)),
        )
        iam.get_waiter("role_exists").wait(RoleName=ROLE)
        print(f"Made the role {ROLE}.")
    elif "vmie.amazonaws.com" not in json.dumps(found["Role"]["AssumeRolePolicyDocument"]):
        raise Stop(
            f"The role {ROLE} is not for VM Import/Export: let vmie.amazonaws.com assume it, or take another role's name."
        )
    # To put an inline policy again changes nothing.
    iam.put_role_policy(RoleName=ROLE, PolicyName=RUN, PolicyDocument=json.dumps(role_policy(number)))
    print(f"The role {ROLE} may read what is imported.")
