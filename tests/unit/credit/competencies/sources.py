"""Small files as other systems write them; all content is invented."""

import json
from typing import Any

CANVAS = """\
vendor_guid,object_type,title,description,display_name,calculation_method,calculation_int,workflow_state,parent_guids,ratings,,,,,,,
g1,group,Working,What shows at work,,,,active,,,,,,,,,
g2,group,Working with others,,,,,active,g1,,,,,,,,
o1,outcome,Asks early,"Says ""I am stuck"" in time",LS-100,decaying_average,40,active,g2,4,Lifts others,3,Alone,2,With a hint,1,Step by step
o2,outcome,Writes so that others can use it,<p>Plain words.</p><ul><li>Answer first</li><li>No jargon</li></ul>,,n_mastery,3,,g1 g2,3,Excellent,1,Good
o3,outcome,Was never used,,,,,deleted,g1,,,,,,,,
"""  # noqa: E501 - a file as it comes

MOODLE = """\
"Parent ID number","ID number",Shortname,Description,"Description format","Scale values","Scale configuration","Rule type (optional)","Rule outcome (optional)","Rule config (optional)","Cross referenced competency id numbers","Exported id (optional)","Is framework",Taxonomy
,WORK-1,"Working","<p>What shows at <b>work</b>.</p>",1,"Not yet,Competent","[{""scaleid"":""2""},{""id"":2,""scaledefault"":1,""proficient"":1}]",,,,,,1,"domain,competency,behaviour,behaviour"
,people,People,,1,,,,0,null,,7,,
people,ask,"Asks, early","<p>Says so in time.</p><ul><li>Before the date</li></ul>",1,"Not yet,Competent","[{""scaleid"":""2""},{""id"":2,""scaledefault"":1,""proficient"":1}]",core_competency\\competency_rule_all,2,null,write,8,,
people,write,Writes,,1,,,,0,null,,9,,
"""  # noqa: E501 - a file as it comes

DOCUMENT = "0f2ad8c8-1111-4b4b-9d7e-000000000001"
BASE = "https://frameworks.example.org/uri/"
WHEN = "2026-03-01T09:00:00+00:00"


def case() -> dict[str, Any]:
    return {
        "CFDocument": {
            "identifier": DOCUMENT,
            "uri": BASE + DOCUMENT,
            "creator": "Eastmoor",
            "title": "Working",
            "lastChangeDateTime": WHEN,
            "adoptionStatus": "Adopted",
            "caseVersion": "1.1",
            "subject": ["Work"],
        },
        "CFItems": [
            _item("i1", "Working with others", CFItemType="Domain"),
            _item("i2", "Asks for help in time, and says what was tried.",
                  abbreviatedStatement="Asks early", humanCodingScheme="W.1",
                  notes="Seen in every project", CFItemType="Competency"),
            _item("i3", "Writes so that others can use it.", CFItemType="Competency"),
            _item("i4", "Puts the answer first.", CFItemType="Behavior"),
        ],
        "CFAssociations": [
            _child("a1", "i1", DOCUMENT, 1),
            _child("a3", "i3", "i1", 1),
            _child("a2", "i2", "i1", 2),
            _child("a4", "i4", "i3", 1),
            {**_child("a5", "i2", "elsewhere", 1), "associationType": "isRelatedTo"},
        ],
        "CFRubrics": [
            {
                "identifier": "r1",
                "uri": BASE + "r1",
                "title": "Levels",
                "lastChangeDateTime": WHEN,
                "CFRubricCriteria": [
                    {
                        "identifier": "r1-c1",
                        "uri": BASE + "r1-c1",
                        "lastChangeDateTime": WHEN,
                        "CFItemURI": _node("i2"),
                        "weight": 1.5,
                        "CFRubricCriterionLevels": [
                            {
                                "identifier": f"r1-l{level}",
                                "uri": f"{BASE}r1-l{level}",
                                "lastChangeDateTime": WHEN,
                                "quality": f"Q{level}",
                                "description": f"Sentence {level}",
                                "score": level,
                            }
                            for level in (4, 3, 2, 1)
                        ],
                    }
                ],
            }
        ],
        "CFDefinitions": {"CFItemTypes": [{"identifier": "t1", "title": "Domain"}]},
    }  # fmt: skip


def case_file(**changes: Any) -> bytes:
    return json.dumps({**case(), **changes}).encode()


def _item(identifier: str, statement: str, **more: str) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "uri": BASE + identifier,
        "fullStatement": statement,
        "lastChangeDateTime": WHEN,
        **more,
    }


def _node(identifier: str) -> dict[str, str]:
    return {"title": identifier, "identifier": identifier, "uri": BASE + identifier}


def _child(identifier: str, child: str, parent: str, number: int) -> dict[str, Any]:
    return {
        "identifier": identifier,
        "uri": BASE + identifier,
        "associationType": "isChildOf",
        "sequenceNumber": number,
        "originNodeURI": _node(child),
        "destinationNodeURI": _node(parent),
        "lastChangeDateTime": WHEN,
    }
