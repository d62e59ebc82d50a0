"""Design's tables of the coffee chat as a model, and whether what happened agrees with it.

What two people did with each other, several things at once and some without ever being answered,
agrees when there is one order of it in which each answer is the tables' answer, nothing comes
before what had ended when it began, and the last state is the one that is found in the end.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, NamedTuple

from django.utils import timezone

from chat.models import Message, Refusal, Room
from moderation.models import Block
from user.models import User

COOLDOWN, LIFETIME = 30, 7  # days
READS = {"rooms", "requests"}
REFUSED = (404, 409, (409, ""), (429, ""), "read_only")


class RoomState(NamedTuple):
    """A room, and who asked so many days ago; who left a request has declined it."""

    id: str
    asker: str
    request: bool
    seq: int = 1
    age: int = 0
    left: frozenset[str] = frozenset()


class State(NamedTuple):
    """Two people: their room, since how many days who refuses the other, and who blocks."""

    room: RoomState | None = None
    refusals: frozenset[tuple[str, int]] = frozenset()
    blocks: frozenset[str] = frozenset()

    def refused_by(self, name: str) -> int | None:
        """Since how many days."""
        return dict(self.refusals).get(name)

    def refuse(self, name: str, age: int | None) -> "State":
        """The same with this refusal; with None without it."""
        refusals = {**dict(self.refusals), name: age}
        kept = ((who, days) for who, days in refusals.items() if days is not None)
        return self._replace(refusals=frozenset(kept))

    def without_room(self, asked: str) -> "State":
        """The same without a request; one that ran out is a refusal unless it was declined."""
        room = self.room
        assert room
        if room.age >= LIFETIME and asked not in room.left:
            self = self.refuse(asked, room.age - LIFETIME)
        return self._replace(room=None)


@dataclass
class Event:
    """What one of the two did, with what was answered; None when the answer was lost."""

    who: str
    what: str
    began: float
    room: str = ""
    days: int = 0
    answer: Any = None
    ended: float = inf


class Pair:
    """Two people, each with what they let others do, and what happened between them."""

    def __init__(self, policies: Mapping[str, str]) -> None:
        self.policies = policies
        self.events: list[Event] = []

    def other(self, name: str) -> str:
        """The other one."""
        return next(one for one in self.policies if one != name)

    def explains(self, final: State) -> bool:
        """Whether some order of the events is one of the tables and ends like this."""
        events = [e for e in self.events if e.answer is not None or e.what not in READS]
        unclaimed = self.unclaimed_ids(final)
        answered = sum(1 << n for n, event in enumerate(events) if event.answer is not None)
        waiting = [(0, State())]
        seen = set(waiting)
        while waiting:
            done, state = waiting.pop()
            if done & answered == answered and state == final:
                return True
            rest = [n for n in range(len(events)) if not done >> n & 1]
            before = min((events[n].ended for n in rest), default=inf)
            steps: list[tuple[int, State]] = []
            looks: list[tuple[int, State]] = []
            for n in rest:
                if events[n].began > before:
                    continue
                for answer, after in self.outcomes(state, events[n], unclaimed):
                    if answer == events[n].answer:
                        harmless = events[n].what in READS or answer in REFUSED
                        (looks if harmless else steps).append((done | 1 << n, after))
                    elif events[n].answer is None and after != state:
                        steps.append((done | 1 << n, after))
            # whenever it is taken, what is answered like this changes nothing: first is as good
            steps = looks[:1] or steps
            waiting += (step for step in steps if step not in seen)
            seen.update(steps)
        return False

    def unclaimed_ids(self, final: State) -> list[str]:
        """The rooms that were seen, but that no answer says to be new."""
        ids = [e.answer for e in self.events if e.what == "ask" and e.answer and e.answer[1]]
        new = {room_id for status, room_id in ids if status == 201}
        seen = {e.answer[0] for e in self.events if e.what in READS and e.answer}
        seen |= {room_id for _, room_id in ids} | {final.room.id if final.room else ""}
        return sorted(seen - new - {""})

    def outcomes(
        self, state: State, event: Event, unclaimed: Sequence[str]
    ) -> Iterator[tuple[Any, State]]:
        """What is answered, and what it makes of the state; several where a room is new."""
        if event.what == "ask":
            yield from self.asks(state, event, unclaimed)
        else:
            yield getattr(self, event.what)(state, event)

    def asks(
        self, state: State, event: Event, unclaimed: Sequence[str]
    ) -> Iterator[tuple[Any, State]]:
        """POST rooms."""
        me, you, room = event.who, self.other(event.who), state.room
        waits = room is not None and room.request and room.age < LIFETIME
        wanted = room is not None and (not room.request or (waits and room.asker == you))
        if state.blocks or (self.policies[you] == "closed" and not wanted):
            yield (409, ""), state
            return
        if room and not room.request and me in room.left:
            room = room._replace(left=room.left - {me}, seq=room.seq + 1)
            yield (200, room.id), state._replace(room=room).refuse(me, None)
        elif room and wanted and room.request:
            yield (200, room.id), self.accepted(state, me, words=1)
        elif room and (waits or not room.request):
            yield (200, room.id), state
        else:
            gone = state.without_room(self.other(room.asker)) if room else state
            refused = gone.refused_by(you)
            if refused is not None and refused < COOLDOWN:
                yield (429, ""), state
                return
            request = self.policies[you] != "open" or refused is not None
            lost = [*unclaimed, f"unseen since {event.began}"]
            for room_id in lost if event.answer is None else [event.answer[1]]:
                new = gone._replace(room=RoomState(room_id, me, request))
                yield (201, room_id), new.refuse(me, None)

    def accepted(self, state: State, by: str, words: int = 0) -> State:
        """Both want it."""
        room = state.room
        assert room
        room = room._replace(request=False, left=frozenset(), age=0, seq=room.seq + words)
        return state._replace(room=room).refuse(by, None)

    def visible(self, state: State, event: Event) -> RoomState | None:
        """The room that was meant, for one who is in it."""
        room = state.room
        hidden = room is None or event.who in room.left or event.who in state.blocks
        return None if hidden or (event.room and room and room.id != event.room) else room

    def accept(self, state: State, event: Event) -> tuple[Any, State]:
        """POST accept."""
        room = self.visible(state, event)
        if not room:
            return 404, state
        if room.asker == event.who or (room.request and room.age >= LIFETIME):
            return 409, state
        return 200, self.accepted(state, event.who) if room.request else state

    def leave(self, state: State, event: Event) -> tuple[Any, State]:
        """DELETE."""
        room = self.visible(state, event)
        if not room:
            return 404, state
        if room.request and room.asker == event.who:
            return 204, state.without_room(self.other(event.who))
        return 204, self.left(state, room, event.who)

    def left(self, state: State, room: RoomState, name: str) -> State:
        """One has declined, or is out of the conversation; after both it is gone."""
        left = room.left | {name}
        gone = len(left) == len(self.policies)
        return state._replace(room=None if gone else room._replace(left=left)).refuse(name, 0)

    def block(self, state: State, event: Event) -> tuple[Any, State]:
        """PUT block: it declines or withdraws a request."""
        room = state.room
        if event.who in state.blocks:
            return 200, state
        if room and room.request and room.asker == event.who:
            state = state.without_room(self.other(event.who))
        elif room and room.request and event.who not in room.left:
            state = self.left(state, room, event.who)
        return 200, state._replace(blocks=state.blocks | {event.who})

    def unblock(self, state: State, event: Event) -> tuple[Any, State]:
        """DELETE block."""
        return 200, state._replace(blocks=state.blocks - {event.who})

    def write(self, state: State, event: Event) -> tuple[Any, State]:
        """A message over the room's socket."""
        room = self.visible(state, event)
        if not room or room.request or room.left or state.blocks:
            return "read_only", state
        return room.seq + 1, state._replace(room=room._replace(seq=room.seq + 1))

    def rooms(self, state: State, event: Event) -> tuple[Any, State]:
        """GET rooms."""
        room = self.visible(state, event)
        if not room or (room.request and room.asker != event.who):
            return "", state
        if room.request:
            return (room.id, "expired" if room.age >= LIFETIME else "requested_by_me"), state
        return (room.id, "left" if room.left else "unavailable" if state.blocks else None), state

    def requests(self, state: State, event: Event) -> tuple[Any, State]:
        """GET rooms, those that wait for an answer."""
        room = self.visible(state, event)
        if not room or not room.request or room.asker == event.who or room.age >= LIFETIME:
            return "", state
        return (room.id, "requested_of_me"), state

    def days(self, state: State, event: Event) -> tuple[Any, State]:
        """Time passes."""
        room = state.room
        if room and room.request:
            room = room._replace(age=room.age + event.days)
        refusals = frozenset((who, age + event.days) for who, age in state.refusals)
        return 200, state._replace(room=room, refusals=refusals)


def stored(one: User, other: User) -> State:
    """How two people stand in the database, by their names."""
    names = {person.pk: person.username for person in (one, other)}
    room = Room.objects.between(one, other).first()
    now, state = timezone.now(), None
    if room is not None:
        assert room.asked_by_id is not None
        left = frozenset(names[pk] for pk in names if room.has_left(pk))
        age = (now - room.created_at).days if room.is_request else 0
        asker, seq = names[room.asked_by_id], room.last_seq
        state = RoomState(str(room.pk), asker, room.is_request, seq, age, left)
        seqs = Message.objects.filter(room=room).order_by("seq").values_list("seq", flat=True)
        assert list(seqs) == list(range(1, seq + 1)), "a gap in seq"
    refusals = Refusal.objects.filter(refuser__in=names, refused__in=names)
    blocks = Block.objects.filter(blocker__in=names, blocked__in=names)
    return State(
        state,
        frozenset((names[row.refuser_id], (now - row.refused_at).days) for row in refusals),
        frozenset(names[row.blocker_id] for row in blocks),
    )
