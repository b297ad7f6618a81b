"""Reads a list of SAM templates as JSON, writes what CloudFormation's own translator makes of each."""

import json
import sys

from samtranslator.translator.transform import transform


class NoManagedPolicies:
    """The names of AWS's managed policies stand for themselves: asking IAM for them would need an account."""

    def load(self):
        return {}


print(json.dumps([transform(template, {}, NoManagedPolicies()) for template in json.load(sys.stdin)]))
