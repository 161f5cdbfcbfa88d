"""The bench's own decision table: how long each theme lives."""

from xml.sax.saxutils import escape

WORK = ["think", "observe", "create", "introspect", "other"]
SAFE_AFTER_A_CRASH = ["think", "observe", "introspect"]
FIRST_THEME = 20
LATER_FROM, LATER_ALONE = 4, 7

INPUTS = [
    ("HasTheme", "Theme running", "hasTheme", "boolean"),
    ("Tier", "Survival tier", "tier", "string"),
    ("Mode", "Mode of the beat", "mode", "string"),
    ("BeatsInTheme", "Beats in the theme", "beatsInTheme", "number"),
    ("ThemeId", "The running theme", "themeId", "string"),
]


def rules(first_theme):
    """(activity, hasTheme, mode, beatsInTheme, themeId); the first theme has no id at first."""
    yield "theme-start", "false", "", "", ""
    spans = [(f"< {FIRST_THEME}", "")]
    if first_theme:
        spans = [(f"< {FIRST_THEME}", f'"{first_theme}"'), (f"< {LATER_ALONE}", f'not("{first_theme}")')]
    for beats, theme in spans:
        for activity in WORK:
            yield activity, "true", "" if activity in SAFE_AFTER_A_CRASH else '"normal"', beats, theme
    if first_theme:
        yield "theme-end", "true", "", f">= {FIRST_THEME}", f'"{first_theme}"'
        yield "theme-end", "true", '"normal"', f"[{LATER_FROM}..{LATER_ALONE - 1}]", f'not("{first_theme}")'
        yield "theme-end", "true", "", f">= {LATER_ALONE}", f'not("{first_theme}")'


def dmn(first_theme=None):
    inputs = "".join(
        f'''
      <input id="Input_{name}" label="{label}">
        <inputExpression id="InputExpression_{name}" typeRef="{kind}">
          <text>{expression}</text>
        </inputExpression>
      </input>'''
        for name, label, expression, kind in INPUTS
    )
    rows = ""
    for number, (activity, has_theme, mode, beats, theme) in enumerate(rules(first_theme), 1):
        cells = [has_theme, '"normal", "low-compute"', mode, beats, theme]
        entries = "".join(
            f'''
        <inputEntry id="InputEntry_{number}_{INPUTS[i][0]}">
          <text>{escape(cell)}</text>
        </inputEntry>'''
            for i, cell in enumerate(cells)
        )
        rows += f'''
      <rule id="Rule_{number}">
        <description>Bench: the length of a theme is set here.</description>{entries}
        <outputEntry id="OutputEntry_{number}">
          <text>"{activity}"</text>
        </outputEntry>
      </rule>'''
    return f'''<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="permitted-activities-requirements" name="Permitted activities" namespace="http://camunda.org/schema/1.0/dmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0">
  <decision id="permitted-activities" name="Permitted activities">
    <description>The bench's table: {FIRST_THEME} beats for the first theme, {LATER_FROM} to {LATER_ALONE} for later ones.</description>
    <decisionTable id="DecisionTable_PermittedActivities" hitPolicy="COLLECT">{inputs}
      <output id="Output_Activity" label="Permitted activity" name="activity" typeRef="string" />{rows}
    </decisionTable>
  </decision>
  <dmndi:DMNDI>
    <dmndi:DMNDiagram id="DMNDiagram_1">
      <dmndi:DMNShape id="DMNShape_PermittedActivities" dmnElementRef="permitted-activities">
        <dc:Bounds height="80" width="180" x="160" y="80" />
      </dmndi:DMNShape>
    </dmndi:DMNDiagram>
  </dmndi:DMNDI>
</definitions>
'''
