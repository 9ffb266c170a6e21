"""Make the expectations of the text engine's tests again: samples of Unicode's files, and orders from fribidi.

    python tests/data/bidi_make.py        (Debian: apt install unicode-data libfribidi0)

bidi_test_sample.txt, bidi_character_sample.txt  every so-manieth case of BidiTest.txt and BidiCharacterTest.txt
bidi_mirroring_sample.txt                        the pairs of BidiMirroring.txt, each once
bidi_shaping_sample.txt                          letter and joining type of ArabicShaping.txt
bidi_fribidi.json                                [text, base, order] by libfribidi: sentences of the kind that news have,
                                                 written here or drawn from these words with a fixed
                                                 seed; none has a token that the layout would isolate

Unicode data files: Copyright © Unicode, Inc., used under the Unicode License v3 (https://www.unicode.org/license.txt).
"""

from __future__ import annotations

import ctypes
import json
import random
from pathlib import Path

UNICODE = Path("/usr/share/unicode")
HERE = Path(__file__).parent
NOTICE = (
    "# From {} 15.0.0. Copyright © Unicode, Inc.; Unicode License v3, https://www.unicode.org/license.txt\n"
)

SENTENCES = [
    'وقالت صحيفة "التايمز" البريطانية: كوفيد-19 (KCNA) في 14 يونيو 2023',
    "يُشارُ إلى أنّ لَن يُسهِم — مُدَّعٍ أنَّهُ قالَ: «نعم، 3.5 مليون»!",
    "لا لأ لإ لآ (الأمم)، [الإسلام]؛ {هل}؟ 50% <تقريبًا>",
    "فاز 3 من 10 في لندن - BBC News",
    "NATO و BBC News في بيان مشترك (رويترز).",
    "ارتفع السعر من 1,250.75 إلى 2,000 دولار (+9%) يوم 17/09/2023.",
    "الساعة 10:30 صباحا، درجة الحرارة -5 ثم ٪٢٠ و٪٣٫٥",
    "عام ٢٠٢٣ و۱۴۰۲ و 2023: 1-2، ٣-٤، ۵-۶",
    "قال (أنا (نحن [هم] BBC) اليوم) ثم ذهب",
    "טקסט בעברית (כולל 12 מספרים) ו-English ביחד, שָׁלוֹם!",
    "Hello عالم (نعم), and 12 كلمة - done.",
    "The word «سلام» means peace; 5 من 7.",
    "US$ 100 و 100 $ و €50 و 50€",
    "هو قال: He said 'نعم' yesterday...",
    "متن فارسی: کتاب‌ها ۱۲٪ گران شد (پژوهش)",
    "اردو: یہ ٹھیک ہے، 10 ڈالر۔",
    "A1 أ1 1أ 1A أ-A A-أ",
    "…ثم «(BBC)» و\u00a0100\u00a0كم/س و a/b أ/ب",
    "日本語 والعربية 中文（中）、完",
    "é é ñ مع عربي 👍 ✓ → ←",
]
WORDS = [
    "الرئيس", "قال", "لا", "الأمم", "مُدَّعٍ", "BBC", "NATO", "Kim", "12", "3.5", "2023", "٢٠٢٣", "10:30", "50%", "-", "(",
    ")", "«", "»", "[", "]", '"', "،", "؛", ":", "!", "/", "שלום", "و", "€5", "+7", "1,000", "a-b", "أ-ب", "—", "…",
]  # fmt: skip


def thin(name: str, every: int, keep: tuple[str, ...] = ()) -> str:
    """Every so-manieth case, with the lines that cases depend on."""
    result, depends, count = [], [], 0
    for line in (UNICODE / name).read_text(encoding="utf-8").splitlines():
        if line.startswith(keep) and keep:
            depends = [old for old in depends if old.split(":")[0] != line.split(":")[0]] + [line]
        elif line and line[0] not in "#@":
            count += 1
            if count % every == 0:
                result += [*depends, line]
                depends = []
    return NOTICE.format(name) + "\n".join(result) + "\n"


class FriBidi:
    """The order of one paragraph on one line by libfribidi."""

    def __init__(self) -> None:
        self.lib = ctypes.CDLL("libfribidi.so.0")
        self.lib.fribidi_get_par_embedding_levels_ex.restype = ctypes.c_int8
        self.lib.fribidi_reorder_line.restype = ctypes.c_int8

    def order(self, text: str, base: str | None) -> list[int]:
        """Places of the characters from left to right; marks are where plain L2 leaves them."""
        count = len(text)
        codes = (ctypes.c_uint32 * count)(*map(ord, text))
        types = (ctypes.c_uint32 * count)()
        brackets = (ctypes.c_uint32 * count)()
        levels = (ctypes.c_int8 * count)()
        self.lib.fribidi_get_bidi_types(codes, count, types)
        self.lib.fribidi_get_bracket_types(codes, count, types, brackets)
        direction = ctypes.c_uint32({None: 0x40, "L": 0x110, "R": 0x111}[base])
        self.lib.fribidi_get_par_embedding_levels_ex(types, brackets, count, ctypes.byref(direction), levels)
        places = (ctypes.c_int * count)(*range(count))
        self.lib.fribidi_reorder_line(0, types, count, 0, direction, levels, None, places)
        return list(places)


def main() -> None:
    (HERE / "bidi_test_sample.txt").write_text(
        thin("BidiTest.txt", 300, ("@Levels", "@Reorder")), encoding="utf-8"
    )
    (HERE / "bidi_character_sample.txt").write_text(thin("BidiCharacterTest.txt", 150), encoding="utf-8")
    pairs = []
    for line in (UNICODE / "BidiMirroring.txt").read_text(encoding="utf-8").splitlines():
        fields = line.split("#")[0].replace(";", " ").split()
        if len(fields) == 2 and [fields[1], fields[0]] not in pairs:
            pairs.append(fields)
    text = NOTICE.format("BidiMirroring.txt") + "".join(f"{one} {other}\n" for one, other in pairs)
    (HERE / "bidi_mirroring_sample.txt").write_text(text, encoding="utf-8")
    letters = []
    for line in (UNICODE / "ArabicShaping.txt").read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if len(fields) == 4 and int(fields[0], 16) < 0x0900:
            letters.append(f"{fields[0]} {fields[2]}\n")
    (HERE / "bidi_shaping_sample.txt").write_text(
        NOTICE.format("ArabicShaping.txt") + "".join(letters), encoding="utf-8"
    )
    draw = random.Random(20231122)
    texts = SENTENCES + [
        "".join(
            draw.choice(WORDS) + draw.choice(["", " ", " ", " "]) for _ in range(draw.randint(3, 14))
        ).strip()
        for _ in range(200)
    ]
    fribidi = FriBidi()
    rows = [[text, base, fribidi.order(text, base)] for text in texts for base in ("R", "L")]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (HERE / "bidi_fribidi.json").write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
