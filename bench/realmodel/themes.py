"""What a person drops into the themebox before the first start."""

THEMES = [
    (
        "tidal pools.md",
        """# Tidal pools

Twice a day the sea leaves small worlds behind between the rocks. What lives there has to bear heat, rain, thirst and
hunters, until the water comes back. Limpets return to the same place each time. Anemones close. Crabs wait in the shade.

What can a tidal pool teach somebody who builds systems that must live through interruptions?
""",
    ),
    (
        "the village bakery.md",
        """# The village bakery

A bakery in a small village bakes at night and sells in the morning. The baker knows each customer by name, and knows how
many loaves a rainy Monday takes. A supermarket has opened nine kilometres away.

How can the bakery stay what it is, and still be there in ten years?
""",
    ),
]
