"""Reads a list of resource types as JSON, writes of each what CloudFormation's schema says, as cfn-lint ships it."""

import json
import sys

from cfnlint.schema.manager import PROVIDER_SCHEMA_MANAGER


def describe(kind):
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("eu-west-1", kind).schema
    replaced = schema.get("createOnlyProperties", []) + schema.get("conditionalCreateOnlyProperties", [])
    return {
        "properties": sorted(schema["properties"]),
        # Of /properties/A/B the property A.
        "replaced": sorted({path.split("/")[2] for path in replaced}),
    }


print(json.dumps({kind: describe(kind) for kind in json.load(sys.stdin)}))
