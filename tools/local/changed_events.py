"""What CloudFormation tells of an update, and MiniStack tells of every resource of the stack: those that change. A root of hundreds
of resources has a thousand events else, which SAM reads and prints."""


def tell_of_changes_alone() -> None:
    from ministack.services.cloudformation import _stacks, stacks

    add_event = stacks._add_event
    begun = {}

    def properties(stack_name, logical_id):
        resource = _stacks.get(stack_name, {}).get("_resources", {}).get(logical_id, {})
        return resource.get("Properties")

    def add_event_of_change(stack_id, stack_name, logical_id, resource_type, status, *more, **named):
        event = (stack_id, stack_name, logical_id, resource_type, status, *more)
        of = (stack_id, logical_id)
        before, begin = begun.pop(of, (None, None))
        now = properties(stack_name, logical_id)
        is_update = _stacks.get(stack_name, {}).get("StackStatus") == "UPDATE_IN_PROGRESS"
        if begin is None and is_update and now is not None and status == "UPDATE_IN_PROGRESS":
            begun[of] = (now, (event, named))
            return
        if begin is not None and status == "UPDATE_COMPLETE" and before == now:
            return
        if begin is not None:
            add_event(*begin[0], **begin[1])
        add_event(*event, **named)

    stacks._add_event = add_event_of_change
