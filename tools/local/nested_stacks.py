"""What CloudFormation does with a nested stack, and MiniStack does not: its template is transformed, and on an update a
resource that stays keeps the attributes that others of the stack read."""


def complete_nested_stacks() -> None:
    from ministack.services.cloudformation import _stacks, engine, provisioners

    parse = engine._parse_template
    update = provisioners._update_resource

    def parse_and_transform(body):
        return engine._apply_transforms(parse(body))

    def update_with_attributes(resource_type, physical_id, old, new, stack_name, logical_id=None, old_attrs=None):
        if old_attrs is None:
            resources = _stacks.get(stack_name, {}).get("_resources", {})
            old_attrs = resources.get(logical_id, {}).get("Attributes")
        return update(resource_type, physical_id, old, new, stack_name, logical_id, old_attrs)

    # Only the code for nested stacks takes these from their modules when it runs; the rest took them when it was loaded.
    engine._parse_template = parse_and_transform
    provisioners._update_resource = update_with_attributes
