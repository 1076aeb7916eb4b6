"""What a concern can be about in rooms: messages that somebody disclosed. Told to the floor below."""

from datetime import datetime
from uuid import UUID

from hearthside.accounts.models import Person
from hearthside.rooms.models import Report
from hearthside.rooms.queries.reports import subject_of
from hearthside.safety.enums import SubjectKind
from hearthside.safety.models import Concern
from hearthside.safety.ports import Subject
from hearthside.safety.queries.concerns import shut_out, view_of


class ReportSubjects:
    """Fills `safety.ports.Subjects` for messages: whoever reported them, and who looks after that."""

    def named(self, key: UUID, *, reader: Person | None, now: datetime) -> Subject | None:
        report = Report.objects.filter(pk=key).select_related("group").first()
        concern = Concern.objects.filter(kind=SubjectKind.MESSAGE, key=key).first()
        if report is None or concern is None or reader is None:
            return None
        if view_of(reader, concern.pk, now=now) is None:
            return None
        return subject_of(report, people=frozenset(shut_out(concern)))
