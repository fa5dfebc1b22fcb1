"""The specs that `lint.py` measures: made up from a fixed seed, so the same in every run, and without a finding.

They are written as a person would write them: comments, blank lines, block and flow style, all types of tracks,
references, gaps, transitions, and a text that differs from track to track. `python lint_specs.py FOLDER` writes them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from random import Random


def listed(items: str) -> list[str]:
    return items.split(",")


WHO = listed("the team,our guide,every new colleague,the planner,a first visitor,the night shift,your manager")
DOES = listed("opens,checks,writes down,explains,collects,compares,files away,shares,reviews,signs off")
WHAT = listed(
    "the weekly plan,a safety checklist,all open requests,the latest figures,a list of suppliers,the training record,"
    "the map of the building,an order from the warehouse,the questions of last month,a short report,the handover notes"
)
WHEN = listed(
    "before the day begins,in the shared folder,together with a colleague,without leaving the desk,after each delivery,"
    "at the end of every month,as soon as it arrives,on the first floor,with two clicks,while the line is running"
)
THINGS = listed("Overview,Safety first,Your account,The warehouse,Good questions,Getting help,Reports,The next step")
FILES = listed("harbour,desk,forklift,canteen,meeting,skyline,keyboard,loading-bay,whiteboard,reception")
PEOPLE = (("karen", "aquXcfLbkxpW4BBI5qKm"), ("ryan", "en-GB-RyanNeural"), ("omar", "Tq7RkzcVbnm2HsLpXwYd"))
ONSETS = listed("br,cast,d,ell,f,gr,hal,k,lind,m,n,ol,p,qu,r,st,t,ul,v,w")
MIDDLES = listed("a,ar,e,en,er,i,il,in,o,or,ou,u")
CODAS = listed("berg,dale,field,ford,holm,land,low,man,mond,ney,son,stead,ton,well,wick")
COMMENTS = (
    "the narrator stays on the left from here on",
    "agreed with legal; ask before changing the wording",
    "shot list: see the page of the spring campaign",
    "keep this shorter than the scene before",
    "the picture was licensed for the web only",
)

HEAD = """\
# {title}: what is said and shown, scene by scene.
vidc: 1

variables:
  company: Northwind
  first_name: {{type: string, default: Ann, max_length: 40}}
  product: Harbour Suite
{more}
settings:
  name: "{title} for <company>"
  videoSize: {{width: 1920, height: 1080}}

scenes:
"""

FEATURES = """\
  features:
    type: list
    default:
      - {title: weekly reports, image: "https://cdn.example.com/media/reports.png"}
      - {title: shared calendars, image: "https://cdn.example.com/media/calendars.png"}
"""

LOOP = """\
  - for: feature in features
    if: feature.image
    name: "{{ feature.title | title }}"
    duration: 6s
    tracks:
      - type: image
        imageUrl: "{{ feature.image }}"
        position: {x: 0, y: 0}
        size: {width: 1920, height: 1080}
      - type: text
        text: "{{ loop.index }}. <feature.title | capitalize> ({{ features | map(attribute='title') | join(', ') }})"
        position: {x: 5%, y: 80%}
        size: {width: 90%, height: 12%}
        startTimeGap: 500ms
        endTimeGap: 1s
"""


def small() -> str:
    """4 KB: 3 scenes, 10 tracks, plain variables."""
    return document("Welcome", scenes=3, tracks=(3, 4, 3), sentences=6)


def small_with_jinja() -> str:
    """The small one with filters in its texts and one scene made by a loop."""
    text = document("First day", scenes=2, tracks=(4, 4), sentences=8, more=FEATURES) + "\n" + LOOP
    return text.replace("<company>", "<company | upper>").replace("<first_name>", "{{ first_name | title }}")


def medium() -> str:
    """90 KB: 50 scenes, 300 tracks."""
    return document("Onboarding", scenes=50, tracks=(6,), sentences=5)


def large() -> str:
    """6 MB: 2,000 scenes, 20,000 tracks."""
    return document("The whole catalog", scenes=2000, tracks=(10,), sentences=11)


def document(title: str, scenes: int, tracks: tuple[int, ...], sentences: int, more: str = "") -> str:
    writer = Writer(Random(title), sentences)
    pieces = [HEAD.format(title=title, more=more)]
    for number in range(scenes):
        pieces += writer.scene(number, tracks[number % len(tracks)], last=number == scenes - 1)
    return "".join(pieces)


class Writer:
    """Writes scenes; `sentences` are in each script."""

    def __init__(self, random: Random, sentences: int) -> None:
        self.random = random
        self.sentences = sentences
        self.tracks = 0

    def scene(self, number: int, tracks: int, last: bool) -> Iterable[str]:
        """One scene, with a presenter whose speech it lasts, or every fifth time without one, for a stated time."""
        pick = self.random
        spoken = number % 5 != 4
        if number:
            yield "\n"
        yield f"  # {number + 1}: {pick.choice(COMMENTS)}\n"
        yield f"  - name: {pick.choice(THINGS).lower().replace(' ', '-')}-{number + 1}\n"
        yield "    intrinsicDurationTrackReference: speech\n" if spoken else f"    duration: {pick.randint(6, 12)}s\n"
        if number % 3 == 1 and not last:
            yield "    transition: {type: fade, duration: 500ms}\n"
        yield "    tracks:\n"
        yield from self.background()
        if spoken:
            yield from self.actor()
        shapes = (self.text, self.image, self.text, self.video, self.text, self.audio)
        for place in range(tracks - 1 - spoken):
            yield from shapes[place % len(shapes)]()

    def background(self) -> Iterable[str]:
        yield "      - type: image\n"
        yield f"        imageUrl: {self.address('png')}\n"
        yield from self.place(0, 0, 1920, 1080)

    def actor(self) -> Iterable[str]:
        name, voice = self.random.choice(PEOPLE)
        words = self.script()
        yield "      - type: actor\n"
        yield "        referenceId: speech\n"
        yield f"        actor: {name}\n"
        yield f"        speakerId: {voice}\n"
        if self.random.random() < 0.5:
            yield "        text: >-\n"
            yield from (f"          {line}\n" for line in words)
        else:
            yield f'        text: "{words[0]}\n'
            yield from (f"          {line}\n" for line in words[1:-1])
            yield f'          {words[-1]}"\n'
        yield from self.place(420, 0, 1080, 1080)

    def text(self) -> Iterable[str]:
        pick = self.random
        yield from self.comment()
        yield "      - type: text\n"
        yield f"        referenceId: title-{self.number()}\n"
        yield f'        text: "{pick.choice(THINGS)}: {pick.choice(WHAT)}"\n'
        yield f"        position: {{x: {pick.randint(1, 9)}%, y: {60 + self.tracks % 29}%}}\n"
        yield f"        size: {{width: {pick.randint(30, 90)}%, height: 10%}}\n"
        yield f"        startTimeGap: {pick.randint(2, 10)}00ms\n"
        yield f"        endTimeGap: {pick.randint(2, 8)}00\n"

    def image(self) -> Iterable[str]:
        pick = self.random
        yield from self.comment()
        yield (
            f"      - {{type: image, imageUrl: {self.address('png')}, startTimeGap: {pick.randint(5, 15)}00ms,\n"
            f"         endTimeGap: 0, position: {{x: {pick.randint(0, 800)}, y: {pick.randint(0, 400)}}},"
            f" size: {{width: {pick.randint(200, 900)}, height: {pick.randint(200, 600)}}}}}\n"
        )

    def video(self) -> Iterable[str]:
        """A clip whose length the author knows, seen whole."""
        seconds = self.random.randint(2, 4)
        yield from self.comment()
        yield "      - type: video\n"
        yield f"        referenceId: clip-{self.number()}\n"
        yield f"        videoUrl: {self.address('mp4')}\n"
        yield f"        intrinsicDuration: {seconds}s\n"
        yield f"        duration: {seconds}000  # the whole clip\n"
        yield "        removeBackground: true\n"
        yield from self.place(self.random.randint(900, 1300), 90, 560, 315)

    def audio(self) -> Iterable[str]:
        yield f"      - type: audio\n        audioUrl: {self.address('mp3')}\n        endTimeGap: 500ms\n"

    def number(self) -> int:
        self.tracks += 1
        return self.tracks

    def comment(self) -> Iterable[str]:
        if self.random.random() < 0.4:
            yield f"      # {self.random.choice(COMMENTS)}\n"

    def place(self, x: int, y: int, width: int, height: int) -> Iterable[str]:
        yield f"        position: {{x: {x}, y: {y}}}\n        size: {{width: {width}, height: {height}}}\n"

    def address(self, ending: str) -> str:
        pick = self.random
        return f"https://cdn.example.com/media/{pick.choice(FILES)}-{pick.randint(1, 999):03}.{ending}"

    def script(self) -> list[str]:
        """Sentences, one a line; most scripts name a variable."""
        pick = self.random
        lines = [self.sentence() for _ in range(self.sentences)]
        welcome, about = f"Welcome to <company>, <first_name>. {lines[0]}", f"This is <product>. {lines[0]}"
        lines[0] = pick.choice((lines[0], welcome, welcome, about))
        return lines

    def sentence(self) -> str:
        pick = self.random
        who = pick.choice((pick.choice(WHO).capitalize(), self.name()))
        where = pick.choice((f"within {pick.randint(2, 90)} minutes", f"in {self.name()}", pick.choice(WHEN)))
        return f"{who} {pick.choice(DOES)} {pick.choice(WHAT)} {where}."

    def name(self) -> str:
        """A name, of which there are many: a long text has many words."""
        pick = self.random
        return (pick.choice(ONSETS) + pick.choice(MIDDLES) + pick.choice(CODAS)).capitalize()


def template(size: int) -> str:
    """A CloudFormation template of about `size` characters, for cfn-lint: queues, alarms and topics."""
    pieces = ['AWSTemplateFormatVersion: "2010-09-09"\nDescription: Queues of the video pipeline\nResources:\n']
    number = 0
    while sum(map(len, pieces)) < size:
        number += 1
        pieces.append(RESOURCES.format(number=number, seconds=30 + number))
    return "".join(pieces)


RESOURCES = """\
  # requests of team {number}
  Queue{number}:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: video-requests-{number}
      VisibilityTimeout: {seconds}
      MessageRetentionPeriod: 1209600
  Alarm{number}:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmDescription: Requests of team {number} are waiting too long
      Namespace: AWS/SQS
      MetricName: ApproximateAgeOfOldestMessage
      Dimensions:
        - Name: QueueName
          Value: !GetAtt Queue{number}.QueueName
      Statistic: Maximum
      Period: 300
      EvaluationPeriods: 1
      Threshold: {seconds}
      ComparisonOperator: GreaterThanThreshold
"""


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    specs = {"small": small(), "jinja": small_with_jinja(), "medium": medium(), "large": large()}
    for name, text in specs.items():
        (folder / f"{name}.vidc.yaml").write_text(text, encoding="utf-8")
    (folder / "template.yaml").write_text(template(len(specs["small"])), encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
