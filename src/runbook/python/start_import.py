def start_import(**more):
    return ec2.{{method}}({{start_import}}
        **more,
    )
