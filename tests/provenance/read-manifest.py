"""Reads the C2PA manifests of the files named on the command line, with the reference implementation. Prints JSON, one document a file."""

import json
import sys

import c2pa

root, *files = sys.argv[1:]
context = c2pa.Context(c2pa.Settings.from_dict({"trust": {"trust_anchors": open(root).read()}}))
for file in files:
    with c2pa.Reader(file, context=context) as reader:
        store = json.loads(reader.json())
    manifest = store["manifests"][store["active_manifest"]]
    print(
        json.dumps(
            {
                "state": store["validation_state"],
                "faults": [each["code"] for each in store.get("validation_status", [])],
                "generator": manifest["claim_generator_info"],
                "assertions": manifest["assertions"],
                "issuer": manifest["signature_info"]["issuer"],
            }
        )
    )
