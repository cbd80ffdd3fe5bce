"""Holds a SARIF file against what SARIF 2.1.0 and GitHub's upload ask for.

usage: validate-sarif.py FILE RULE URI LINE: the file must hold one result of
this rule at this place.
"""
import json
import sys

path, rule, uri, line = sys.argv[1:]
log = json.load(open(path))
assert log["version"] == "2.1.0" and "sarif-2.1.0" in log["$schema"]
(run,) = log["runs"]
driver = run["tool"]["driver"]
ids = [r["id"] for r in driver["rules"]]
assert driver["name"] == "Heddle" and len(ids) == len(set(ids))
assert all(r["shortDescription"]["text"] for r in driver["rules"])
assert run["originalUriBaseIds"]["SRCROOT"]["uri"].endswith("/")


def place(location):
    physical = location["physicalLocation"]
    assert physical["region"]["startLine"] >= 1
    assert physical["region"]["endColumn"] >= physical["region"]["startColumn"]
    assert not physical["artifactLocation"]["uri"].startswith("/")
    return (physical["artifactLocation"]["uri"],
            physical["region"]["startLine"])


(result,) = [r for r in run["results"] if r["ruleId"] == rule]
assert ids[result["ruleIndex"]] == rule
assert result["level"] in ("error", "warning") and result["message"]["text"]
assert place(result["locations"][0]) == (uri, int(line))
assert all(result["partialFingerprints"].values())
for related in result.get("relatedLocations", []):
    place(related)
for flow in result.get("codeFlows", []):
    assert len(flow["threadFlows"][0]["locations"]) <= 10000
for fix in result.get("fixes", []):
    for change in fix["artifactChanges"]:
        assert all("byteOffset" in r["deletedRegion"]
                   for r in change["replacements"])
