"""Reads {"templates": [...]} as JSON; writes what CloudFormation's translator makes of each, and which properties of their
resource types cannot be changed without a replacement."""

import json
import sys

from cfnlint.schema import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError
from samtranslator.translator.transform import transform


class NoManagedPolicies:
    """The names of AWS's managed policies stand for themselves: asking IAM for them would need an account."""

    def load(self):
        return {}


def translate(template):
    if "AWS::Serverless-2016-10-31" not in json.dumps(template.get("Transform", "")):
        return template
    return transform(template, {}, NoManagedPolicies())


def create_only(resource_type):
    try:
        schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", resource_type).schema
    except ResourceNotFoundError:
        return []
    return [path.split("/")[2] for path in schema.get("createOnlyProperties", []) if path.count("/") == 2]


templates = [translate(template) for template in json.load(sys.stdin)["templates"]]
blocks = [block for template in templates for block in template.get("Resources", {}).values()]
types = {block["Type"] for block in blocks if isinstance(block, dict) and "Type" in block}
print(json.dumps({"templates": templates, "createOnly": {each: create_only(each) for each in sorted(types)}}))
