"""What in a person's words speaks for which category of tools, as a table.

Patterns are searched in one sentence at a time: in lower case, without accents, and without what politeness puts at its
start. They describe how requests are formed, not what they are about: an order, a question, a wish, a complaint.
English first; German, French and Spanish as far as the commonest verbs go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from smallcode_jupyter.protocol.tasks import Surface
from smallcode_jupyter.protocol.tools import Category

__all__ = ["CUES", "POLITE", "QUESTION", "SMALL_TALK", "WRITE_VERBS", "Cue", "Form"]

Form = Literal["question", "statement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One sign."""

    pattern: re.Pattern[str]
    weights: dict[Category, float]
    """What it adds to each category, or takes away."""
    surface: Surface | None
    """Where it counts; None: everywhere."""
    form: Form | None
    """The only form of sentence in which it counts; None: every form."""


def _cue(
    pattern: str,
    weights: dict[Category, float],
    *,
    surface: Surface | None = None,
    form: Form | None = None,
) -> Cue:
    return Cue(pattern=re.compile(pattern), weights=weights, surface=surface, form=form)


_WRITE = (
    r"adapt|add|adjust|allow|annotate|append|apply|arrange|avoid|bring|build|bump|cache|calculate|"
    r"cancel|catch|center|change|clean|cluster|colour|color|combine|comment|complete|compute|"
    r"concatenate|configure|connect|convert|copy|correct|count|create|cut|debug|declare|decrease|define|"
    r"delete|deprecate|detect|disable|display|divide|document|download|drop|draw|edit|embed|enable|"
    r"encode|ensure|enforce|estimate|evaluate|expand|export|expose|extend|extract|fill|filter|finish|"
    r"fit|fix|flatten|format|generate|get|give|group|guard|handle|have|hide|highlight|implement|"
    r"import|improve|increase|indent|inline|insert|install|integrate|interpolate|introduce|invert|join|"
    r"keep|let|limit|load|log|make|map|mark|measure|melt|merge|migrate|mock|modify|move|multiply|"
    r"normalise|normalize|optimise|optimize|order|parse|pivot|plot|polish|port|predict|prevent|put|"
    r"raise|randomise|randomize|reduce|refactor|reformat|refuse|remove|rename|render|reorder|reorganise|"
    r"reorganize|repair|replace|resample|reset|reshape|resize|restore|restrict|restructure|return|reuse|"
    r"reverse|rewrite|rotate|round|sample|save|scale|schedule|separate|serialise|serialize|set|shorten|"
    r"shuffle|simplify|simulate|skip|smooth|solve|sort|speed|split|standardise|standardize|store|strip|"
    r"style|subtract|sum|support|swap|switch|tidy|train|transform|translate|transpose|trim|tune|turn|"
    r"undo|unify|update|upgrade|use|validate|vectorise|vectorize|visualise|visualize|wrap|write"
)
WRITE_VERBS = tuple(_WRITE.split("|"))
"""Verbs of orders whose answer is code."""
_GERUND = "|".join(verb.removesuffix("e") + "ing" for verb in WRITE_VERBS)
_WRITE_ABROAD = (
    r"(?:mach|fug|ander|erganz|erstell|schreib|beheb|korrigier|reparier|losch|entfern|benenn|ersetz|implementier|bau|"
    r"zeichn|plott|trainier|berechn|lad|sortier|verbesser|vereinfach)(?:en?)?|"
    r"(?:ajout|corrig|renomm|cre|supprim|modifi|remplac|implement|trac|dessin|affich|charg|calcul|entrain|tri)e[zr]?|"
    r"ecris|ecrivez|anade|agrega|arregla|escribe|crea|borra|elimina|cambia|renombra|reemplaza|implementa|dibuja|grafica|"
    r"muestra|carga|calcula|entrena|ordena"
)
_THING = (
    r"files?|modules?|functions?|class|classes|methods?|cells?|folders?|directory|directories|lines?|scripts?|"
    r"packages?|places?|helpers?|code|definitions?|templates?|variables?"
)
_TESTS = r"(?:the |all |our |my |unit )*tests?(?: suite)?"
_STATISTIC = (
    r"mean|average|median|mode|sum|total|minimum|maximum|min|max|number|share|percentage|fraction|proportion|"
    r"correlation|variance|standard deviation|std|accuracy|precision|recall|f1|auc|error rate|rmse|mse|score|"
    r"distribution|shape|size|range|quantiles?|percentiles?|slope|intercept|trend|outliers?|columns?|dtypes?|"
    r"media|moyenne|mittelwert|summe"
)
_MOST = (
    r"most|least|best|worst|highest|lowest|largest|smallest|biggest|oldest|youngest|longest|shortest|top|busiest|"
    r"cheapest|fewest|earliest|latest"
)
_DATA = (
    r"df|dataframes?|data ?frames?|data ?sets?|data|columns?|rows?|csv|parquet|histograms?|scatter|heat ?maps?|"
    r"box ?plots?|(?:bar|line|pie) charts?|charts?|graphs?|figure|axis|axes|legend|bins|subplots?|regression|"
    r"classifier|clusters?|k-?means|pca|svm|random forests?|decision trees?|features?|labels?|one[- ]hot|folds?|"
    r"arrays?|series|missing values?|nans?|duplicates?|outliers?|group ?by|pivot|rolling|"
    r"per (?:month|year|day|week|city|group)|diagramm|histogramme?|spalten?|zeilen?|modell|daten|graphique|colonnes?|"
    r"lignes?|modele|donnees|grafic[ao]|columnas?|filas?|modelo|datos"
)
_TABLE_FILE = r"\.(?:csv|tsv|xlsx?|parquet|jsonl?)\b"
_ASKING = r"what|why|how|who|whose|whom|which|when|where"
_AUXILIARY = r"is|are|was|were|does|do|did|can|could|should|would|will|has|have|may|isn't|aren't|doesn't"
_ASKING_ABROAD = (
    r"was|warum|wieso|weshalb|wie|wer|wann|wo|ist|sind|hat|que|qu|quel|quelle|pourquoi|comment|quand|ou|est-ce|"
    r"por que|como|cual|cuando|donde"
)

POLITE = re.compile(
    r"\W*(?:(?:would you mind|please|pls|plz|kindly|now|then|next|also|and|so|just|well|ok|okay|great|hi|hello|hey|"
    r"(?:can|could|will|would) you(?: please| kindly| maybe| perhaps)?(?! tell| explain| describe)|(?:can|could) we|"
    r"i(?:'d| would) like you to|i (?:want|need) you to|let's|lets|let us|go ahead and|try to|help me(?: to)?|"
    r"have a go at|first|finally|instead|bitte|lass uns|kannst du|s'il te plait|s'il vous plait|peux-tu|por favor|"
    r"puedes|in [\w./-]+\.\w{1,5}|"
    r"(?:in|for|on|under|with|inside|within|if|when|whenever|once|before|after|without) [^,;:?]{1,60}(?=[,:])"
    r")(?=[\s,:]|$)[\s,:]*)+"
)
"""What may stand before the verb without changing what is asked."""

QUESTION = re.compile(rf"^(?:{_ASKING}|{_AUXILIARY}|{_ASKING_ABROAD})(?:'s|'re|s)?\b|\?\W*$")
"""How a question begins or ends; people leave out the mark."""

SMALL_TALK = re.compile(
    r"\W*(?:(?:hi|hello|hey|hallo|bonjour|hola|ok|okay|yes|no|nice|great|cool|perfect|good morning)\W*$|"
    r"(?:thanks?|thank you|thx|danke|merci|gracias|good (?:job|work)|well done)\b[^?]{0,40}$)"
)
"""Words that ask for nothing."""

_ORDERS = (
    _cue(rf"^(?:{_WRITE})\b", {"write": 3}),
    _cue(rf"^(?:{_GERUND})\b", {"write": 2.5}),
    _cue(rf"^(?:{_WRITE_ABROAD})\b", {"write": 3}),
    _cue(rf"(?:,| and| then| but) (?:please |then |instead |just )*(?:{_WRITE})\b", {"write": 1.25}, form="statement"),
    _cue(r"^(?:get rid|no more|don't|do not|never|always|only|stop)\b", {"write": 2}, form="statement"),
    _cue(
        r"^(?:explain|describe|summari[sz]e|review|critique|walk me through|tell me|teach|interpret|discuss|comment on|"
        r"code review|erklare?|beschreibe?|explique[zr]?|decris|explica|resume)\b",
        {"read": 3},
    ),
    _cue(r"^(?:give|write|show) .{0,16}\b(?:hint|explanation|overview|summary|idea)\b", {"read": 4, "write": -2}),
    _cue(r"^(?:show|read|open|print|view|display|cat|zeige?|montre)\b", {"read": 2.5, "write": -1}, surface="files"),
    _cue(r"^(?:show|print|display|view|list|zeige?|montre)\b", {"write": 2.5}, surface="notebook"),
    _cue(r"^(?:grep|search|locate|look (?:for|up)|suche?|cherche[zr]?|busca)\b", {"search": 3.5}),
    _cue(
        r"^(?:find|list|show(?: me)?|get|finde|trouve|encuentra|liste)\b.{0,24}\b(?:all|every|each|any|where|which|"
        rf"uses?|usages?|references?|callers?|occurrences?|(?:the|a) (?:\w+ )?(?:{_THING}))\b",
        {"search": 3.5, "write": -2},
    ),
    _cue(r"^find\b", {"search": 1.5, "write": 1}),
    _cue(rf"\blooking for\b.{{0,30}}\b(?:{_THING})\b", {"search": 3}),
    _cue(
        r"^(?:re-?)?(?:run|execute|start|launch|invoke|fuhre?|starte|lance[zr]?|execute[zr]?|ejecuta|corre)\b"
        r"(?![- ]length)",
        {"run": 3.5},
    ),
    _cue(r"\b(?:run|execute) (?:it|them|that|this|again|the|all|pytest)\b|^lass\b.{0,30}\blaufen\b", {"run": 1.5}),
    _cue(
        r"^(?:try|check|test|see|verify|find out|make sure|prufe?|teste|verifie|comprueba)(?: out)?,? (?:whether|"
        r"if|that|it|ob|si)\b",
        {"run": 2.5},
        surface="files",
    ),
    _cue(
        r"^(?:try|check|test|see|verify|find out|make sure)(?: out)?,? (?:whether|if|that|it)\b",
        {"run": 1, "write": 1},
        surface="notebook",
    ),
    _cue(r"^(?:time|benchmark|profile)\b", {"run": 2.5}),
    _cue(r"^(?:plan|outline|propose|sketch|draft|think about how)\b(?!\W*\()", {"plan": 3}),
    _cue(
        r"\b(?:make|write|give|draft|propose|outline|need|prepare|list)\b (?:down )?(?:me |us )?(?:a |the |all )?"
        r"(?:detailed |rough |short )?(?:plan|steps|roadmap)\b",
        {"plan": 6},
    ),
    _cue(
        r"\b(?:don't|do not|without) (?:touch|chang|edit|writ|do)\w* (?:any\w*|code)\b|"
        r"\bbefore you (?:do|change|touch|start|write)\b|\b(?:just|only) the (?:plan|steps)\b",
        {"plan": 2.5},
    ),
    _cue(
        r"\b(?:what|which|next) steps\b|\bsteps (?:would|do|are|should)\b|"
        r"\bhow (?:should|would|do) (?:we|you|i) (?:go about|approach|tackle)\b",
        {"plan": 2, "read": 1},
    ),
)  # fmt: skip
_QUESTIONS = (
    _cue(rf"^(?:{_ASKING}|{_ASKING_ABROAD})\b", {"read": 2}, form="question"),
    _cue(rf"^(?:{_AUXILIARY})\b", {"read": 1.75}, form="question"),
    _cue(r"\?\W*$", {"read": 0.5}),
    _cue(
        r"^(?:should|would|could) (?:i|we|it|this|that|you)\b|\bwhat would you\b|\bdo you think\b|"
        r"^(?:why|warum|wieso|pourquoi|por que|how come)\b",
        {"read": 1},
        form="question",
    ),
    _cue(
        r"\bwhat (?:does|do|did|is|are) .{1,40}\b(?:do|mean|for|about)\b|\bdifference between\b|"
        r"\b(?:don't|do not) (?:get|understand|see why)\b",
        {"read": 2},
    ),
    _cue(r"\bi (?:want|need|would like) to (?:know|understand|learn|see why)\b", {"read": 4, "write": -3}),
    _cue(
        rf"^(?:where|whereabouts|wo|ou|donde)\b|^(?:in )?(?:which|what|whose) (?:\w+ )?(?:{_THING})\b|"
        r"^who (?:calls|uses|imports|writes to|reads)\b",
        {"search": 4},
        form="question",
    ),
    _cue(
        r"\b(?:is|are) there (?:already )?(?:an? |any |some |another )?(?:existing |other )?(?:helper|function|method|"
        r"class|module|utility|script|code|test|implementation|constant|fixture)s?\b|"
        r"^do we (?:still |already |ever )*(?:have|use|need|import|call)\b|\balready (?:exist|implemented)\b",
        {"search": 4},
        form="question",
    ),
    _cue(
        rf"\b(?:do|does|are|did|will|is) {_TESTS} (?:still |all |now )*(?:pass|fail|run|green|red|work|succeed|ok)|"
        r"\b(?:which|what|how many) (?:of )?(?:the |unit )*tests? (?:are )?(?:fail|pass|broken|red|green|run|do|still)|"
        rf"\b(?:if|whether|that) {_TESTS} (?:are|is|still|pass|run|work)",
        {"run": 4},
    ),
    _cue(
        r"\bwhat (?:does|do|would|will|is)\b.{1,50}\b(?:print|output|return when|say when|give when)|\bhow long does\b|"
        r"\b(?:still|actually) (?:work|run|start|compile|build)",
        {"run": 3},
        form="question",
    ),
    _cue(r"\b(?:version of|installed)\b", {"run": 2.5}, surface="files", form="question"),
)  # fmt: skip
_WISHES = (
    _cue(r"^(?:i|we|users|people|our \w+)(?:'d| would)?(?: also| really)? (?:like|want|need|wish)\b", {"write": 3}),
    _cue(
        r"\b(?:should|must|needs? to|has to|have to|ought to|shall|is (?:needed|required|missing)|are missing|"
        r"would be (?:nice|great|good|better|cool|helpful))\b",
        {"write": 2.5},
        form="statement",
    ),
    _cue(
        r"\b(?:broken|buggy|wrong|crash(?:es|ed)?|fails?|failing|red|breaks|raises?|throws?|loses|forgets|ignores|chokes|"
        r"hangs|loops? forever|overlaps?|returns?|returned|gives|shows|prints|writes|takes (?:ages|forever|too long)|"
        r"too (?:slow|long|big|small)|instead of|doesn't|does not|do not|is not|isn't|aren't|can't|cannot|won't|"
        r"no longer)\b",
        {"write": 2},
        form="statement",
    ),
    _cue(r"^(?:traceback\b|\w*(?:error|exception|warning)\b\s*:)", {"write": 2.5}, form="statement"),
    _cue(
        r"^(?:a|an|another|new|some|unit tests?|tests? for|type hints?|docstrings?|comments?) ",
        {"write": 2.5},
        form="statement",
    ),
    _cue(r"^(?=(?:\S+ ){4}).*[\w-]\.[a-z]{1,4}\b", {"write": 1}, surface="files", form="statement"),
)  # fmt: skip
_DATA_IN_NOTEBOOKS = (
    _cue(rf"\b(?:{_DATA})\b", {"write": 1.5}, surface="notebook"),
    _cue(r"^", {"write": 1.5}, surface="notebook", form="statement"),
    _cue(
        r"\b(?:how (?:many|much|often|large|big|old|tall)|wie viele?|combien|cuant[oa]s?)\b",
        {"write": 4},
        surface="notebook",
    ),
    _cue(rf"\b(?:which|what|who|whose)\b.{{1,40}}\b(?:{_MOST})\b", {"write": 4}, surface="notebook"),
    _cue(
        rf"\b(?:what|what's|whats|which|cual|quel|quelle|was ist)\b.{{0,20}}\b(?:the|are|la|der|die)\b.{{0,16}}"
        rf"\b(?:{_STATISTIC})\b|\bwhat (?:columns|dtypes|types|rows|values|shape)\b",
        {"write": 4},
        surface="notebook",
    ),
    _cue(
        rf"^(?:{_AUXILIARY})\b.{{1,50}}\b(?:{_DATA}|significant|correlated|skewed|balanced|normally distributed|sorted|"
        r"unique)\b",
        {"write": 2.5},
        surface="notebook",
    ),
    _cue(rf"\b(?:{_STATISTIC})\b.{{1,20}}\b(?:of|per|by|for each|between)\b", {"write": 1.5}, surface="notebook"),
)  # fmt: skip
_DATA_IN_FILES = (
    _cue(rf"\bhow (?:many|much)\b.{{1,60}}{_TABLE_FILE}", {"run": 3}, surface="files"),
    _cue(rf"\bwhat\b.{{1,16}}\b(?:{_STATISTIC})\b.{{1,60}}{_TABLE_FILE}", {"run": 3}, surface="files"),
)

CUES: tuple[Cue, ...] = (*_ORDERS, *_QUESTIONS, *_WISHES, *_DATA_IN_NOTEBOOKS, *_DATA_IN_FILES)
