"""Numbers in plain SQL, written from the dictionary and the definitions, not from the program.

`SHARES` give numerator and denominator, `FIGURES` one value, null where there is no data. The
parameters: :today, :first and :end (the last complete month and the day after it), :version (of
the statement in force), :coalition (its name).
"""

from __future__ import annotations

YEAR = "date(:today, '-1 year')"
ALONE = """(signing_as = 'individual'
  or exists (select 1 from signons_labels l where l.n = s.n and l.name = 'individual'))"""
ACCEPTED = f"signons s where outcome = 'accepted' and not {ALONE}"
HOSTS = """select organisation_id from contacts where role_for_us = 'coalition staff hosted by'
  and (until is null or until >= :today) and (since is null or since <= :today)"""
IN_GROUP = "(until is null or until > :today) and (since is null or since <= :today)"

WANTED = """
with rows as (
  select *, case when organisation_id <> '' then organisation_id else fold(organisation) end who
  from outreach where trim(organisation) <> '' and (added is null or added <= :today)),
p as (
  select who, max(organisation_id) id, min(added) added, min(first_contact) first_contact,
    min(replied) replied, max(last_touch) last_touch,
    (select owner from rows r where r.who = rows.who and owner <> '' order by n limit 1) owner,
    (select stage from rows r where r.who = rows.who and stage <> '' order by n desc limit 1) stage,
    (select new_to_us from rows r where r.who = rows.who and new_to_us <> '' order by n limit 1)
      new_to_us
  from rows group by who),
c as (select * from p where first_contact <= :today),
j as (
  select c.*, o.joined_on from c
  left join organisations o on o.id = c.id and o.id <> '' and o.joined_on <= :today)
"""

TIES = f"""
with talks as (
  select date,
    case when organisation_a_id <> '' then organisation_a_id else '~' || fold(organisation_a) end a,
    case when organisation_b_id <> '' then organisation_b_id else '~' || fold(organisation_b) end b,
    reported_by_id told_by, kind, n
  from conversations),
seats as (
  select fold("group") g, organisation_id id, fold(organisation) name,
    coalesce(since, '0001-01-01') since,
    case when until is null or until > :today then :today else until end until
  from groups where "group" <> ''
  and fold("group") in (select fold("group") from groups where kind <> '')
  and fold("group") not in (select fold("group") from groups where kind in ('caucus', 'unclear'))),
there as (select * from seats where since <= :today and until > {YEAR}),
small as (
  select g from there group by g
  having count(distinct case when id <> '' then id else '~' || name end) <= 12),
met as (
  select p.n, p.id from meetings_present p join meetings m on m.n = p.n
  where m.date <= :today and m.date > {YEAR}
  and (select count(*) from meetings_present q where q.n = p.n) between 2 and 8),
acted as (
  select n, started_by_id id from actions where date <= :today and date > {YEAR}
  union select a.n, p.id from actions a join actions_partners p on p.n = a.n
  where date <= :today and date > {YEAR}),
few as (
  select n from actions a
  where (started_by <> '') + (select count(*) from actions_partners p where p.n = a.n)
    between 2 and 8),
told as (
  select a, b from talks where date <= :today and date > {YEAR}
    and kind not in ('introduction', 'do not introduce', 'unclear')
  union select x.id, y.id from there x join there y on x.g = y.g
    where x.g in (select g from small) and max(x.since, y.since) <= min(x.until, y.until)
  union select x.id, y.id from met x join met y on x.n = y.n
  union select x.id, y.id from acted x join acted y on x.n = y.n and x.n in (select n from few)
  union select o.id, b.id from organisations o
    join organisations b on fold(b.name) = fold(o.referred_by) or b.id = o.referred_by
    where o.referred_by <> '' and o.joined_on <= :today and o.joined_on > {YEAR}),
ties as (
  select distinct min(a, b) a, max(a, b) b from told
  where a <> b and a in (select id from members) and b in (select id from members)),
both as (select a, b from ties union select b, a from ties)
"""
"""Who is close to whom among the members: C14's tie."""

PARTS = (
    TIES[: TIES.index("with") + 4]
    + " recursive"
    + TIES[TIES.index("with") + 4 :]
    + """,
node as (select id from members where {chosen}),
reach(a, b) as (
  select id, id from node
  union select reach.a, both.b from reach join both on both.a = reach.b
  where both.b in (select id from node)),
part as (select a, count(*) size from reach group by a)
"""
)
"""And whom each of the chosen reaches."""

DEEDS = f"""
with helped as (
  select n, given_by_id id, max(
    coalesce(case when asked_on <= :today then asked_on end, ''),
    coalesce(case when first_answer <= :today then first_answer end, ''),
    coalesce(case when closed <= :today then closed end, '')) day
  from help),
told as (
  select 'action' what, n, started_by_id id, date day from actions
  union select 'action', a.n, p.id, date from actions a join actions_partners p on p.n = a.n
  union select 'meeting', m.n, p.id, date from meetings m join meetings_present p on p.n = m.n
  union select 'promise', n, organisation_id, done from promises
  union select 'help given', n, id, day from helped where day <> ''
  union select 'help asked', n, organisation_id, asked_on from help
  union select 'conversation', n, organisation_a_id, date from conversations
    where kind not in ('tie', 'do not introduce')
  union select 'conversation', n, organisation_b_id, date from conversations
    where kind not in ('tie', 'do not introduce')
  union select 'check-in', n, organisation_id, date from yearly_check_in
  union select 'report', n, organisation_id, date from tell_us_what_you_did),
deeds as (select * from told where day <= :today and id in (select id from members)),
given as (
  select id, count(*) times from deeds
  where what in ('action', 'meeting', 'promise', 'help given') and day > {YEAR} group by id)
"""

PIECES = """
with appeared as (
  select *, rtrim(replace(replace(replace(link, 'https://', ''), 'http://', ''), 'www.', ''), '/')
    address from media
  where date <= :today and (submitted is null or placed <= :today)),
pieces as (
  select *, case when trim(address) <> '' then address
    else fold(outlet) || '|' || date || '|' || fold(title) end piece from appeared),
coded as (
  select piece, tone from pieces p where tone in ('favourable', 'neutral', 'opposed')
  and n = (select min(n) from pieces q where q.piece = p.piece
    and q.tone in ('favourable', 'neutral', 'opposed')))
"""

STANDS = """
with scale(word, points) as (values
  ('against', -2), ('leaning against', -1), ('undecided', 0), ('leaning', 1), ('support', 2)),
said as (
  select q.day on_day, p.*, row_number() over (partition by q.day, person order by p.day desc) place
  from positions p join (select :today day union select date(:first, '-1 day')
    union select date(:end, '-1 day')) q on p.day <= q.day),
office as (
  select said.*, points from said left join scale on word = position
  where place = 1 and (until is null or until >= on_day)),
now as (select * from office where on_day = :today)
"""

NEWEST = f"""
with answers as (
  select *, row_number() over (partition by organisation_id order by date desc, n desc) place
  from yearly_check_in where date <= :today and date > {YEAR}
  and organisation_id in (select id from members)),
newest as (select * from answers where place = 1)
"""


def median(with_: str, days: str) -> str:
    """Of a query's column x, if it has five or more."""
    return f"""{with_} {"," if with_.strip() else "with"} found as ({days}),
ordered as (select x, row_number() over (order by x) at, count(*) over () whole from found)
select avg(x) from ordered where whole >= 5 and at in ((whole + 1) / 2, (whole + 2) / 2)"""


SHARES = {
    "C2": f"{WANTED} select (select count(*) from c), count(*) from p",
    "C3": f"{WANTED} select count(*) filter (where replied <= :today), count(*) from c",
    "C4": f"""{WANTED} select count(joined_on), count(*) from j
        where first_contact >= :first and first_contact < :end
        and (joined_on is null or joined_on >= first_contact)""",
    "C8": f"select count(*) filter (where trim(referred_by) <> ''), count(*) from {ACCEPTED}",
    "C13": f"""{WANTED} select count(*) filter (where new_to_us = 'yes'), count(*) from c
        where new_to_us in ('yes', 'no')""",
    "C14": f"{TIES} select 2 * (select count(*) from ties), count(*) from members",
    "C15": f"""{TIES} select (select count(*) from ties), count(*) * (count(*) - 1) / 2.0
        from members""",
    "C16": f"""{TIES} select count(*) filter (where id not in (select a from both)), count(*)
        from members""",
    "C17": PARTS.format(chosen="1")
    + "select (select max(size) from part), count(*) from node",
    "C18": f"""{TIES}, known as (
          select a, b, not exists (
            select 1 from organisations_sector x join organisations_sector y on x.name = y.name
            where x.n = p.n and y.n = q.n) across
          from ties join organisations p on p.id = a join organisations q on q.id = b
          where exists (select 1 from organisations_sector x where x.n = p.n)
          and exists (select 1 from organisations_sector x where x.n = q.n))
        select sum(across), count(*) from known""",
    "C20": PARTS.format(chosen=f"id not in ({HOSTS})")
    + f"""select count(*) - (select max(size) from part),
        case when exists (select 1 from members where id in ({HOSTS})) then count(*) else 0 end
        from node""",
    "C21": f"""{TIES}, reports as (
          select min(a, b) a, max(a, b) b, told_by by from talks
          where date <= :today and date > {YEAR}
          and kind not in ('introduction', 'do not introduce', 'unclear')
          and told_by in (a, b) and a <> b
          and a in (select id from members) and b in (select id from members)),
        pairs as (
          select count(distinct by) sides from reports
          where a in (select by from reports) and b in (select by from reports) group by a, b)
        select count(*) filter (where sides = 2), count(*) from pairs""",
    "C22": f"""{TIES}, made as (
          select * from talks where kind = 'introduction' and a <> b
          and date <= date(:today, '-90 days'))
        select count(*) filter (where exists (
            select 1 from talks t
            where t.kind not in ('introduction', 'do not introduce', 'unclear')
            and min(t.a, t.b) = min(made.a, made.b) and max(t.a, t.b) = max(made.a, made.b)
            and t.date <= :today and t.date > made.date
            and t.date <= date(made.date, '+90 days'))), count(*) from made""",
    "C24": """select sum(case needs_met when 'yes' then 1 when 'partly' then 0.5 else 0 end),
        count(*) from meetings where date <= :today and needs_met in ('yes', 'partly', 'no')""",
    "A4": """select count(*) filter (where outcome <> 'declined'), count(*) from signons
        where outcome in ('declined', 'accepted')
        or outcome = 'withdrawn' and decided_on is not null""",
    "A6": f"""select count(*) filter (where trim(signatory) <> '' and trim(role) <> ''
        and authorised = 'yes'), count(*) from {ACCEPTED}""",
    "A7": f"select sum(verified), count(*) from {ACCEPTED}",
    "A10": """select count(*) filter (where version = :version),
        case when :version <> '' then count(*) else 0 end from members""",
    "A11": """select sum(repeat), count(*) from signons
        where outcome <> 'test' and request <> 'withdraw'""",
    "A12": "select count(*) filter (where may_list = 'yes'), count(*) from members",
    "A14": """with ours as (
          select *, coalesce(left_on, case when standing = 'lapsed' then since end) gone
          from organisations
          where joins_as not in ('signatory only', 'observer', 'funder', 'coalition staff'))
        select count(*) filter (where standing = 'withdrawn' and gone >= :first and gone < :end),
          count(*) filter (where joined_on < :first and (gone is null or gone >= :first))
        from ours""",
    "A15": """select count(*) filter (where exists (
        select 1 from members m where fold(m.district) = fold(d.name))), count(*)
        from districts d""",
    "P2": f"""select count(*) filter (where id not in ({HOSTS}) and id in (
        select started_by_id from actions where date <= :today and trim(initiative) <> '')),
        count(*) from members""",
    "P7": f"""{DEEDS}, ranked as (
          select times, row_number() over (order by times desc) place from given)
        select sum(times) filter (
            where place <= max(1, (select count(*) from members) / 10)), sum(times)
        from ranked""",
    "P8": """select count(*) filter (where id in (select organisation_id from promises)), count(*)
        from members""",
    "P9": """select count(*) filter (where done <= due and done <= :today), count(*) from promises
        where due <= :today""",
    "P10": """select count(*) filter (where id in (
          select organisation_id from contacts where role_for_us = 'deputy' and trim(name) <> ''
          and (until is null or until >= :today) and (since is null or since <= :today))), count(*)
        from members""",
    "P11": f"""select count(*) filter (where id in (
          select organisation_id from groups
          where kind in ('working group', 'caucus', 'district team') and {IN_GROUP})), count(*)
        from members""",
    "P12": f"""with at_work as (
          select distinct fold("group") g from groups where trim("group") <> '' and {IN_GROUP})
        select count(*) filter (where exists (
          select 1 from meetings where fold("group") = g and date <= :today
          and date >= date(:today, '-45 days'))), count(*) from at_work""",
    "S3": f"""select count(*) filter (where id in (
          select organisation_id from help
          where (first_answer <= :today and first_answer > {YEAR})
          or (closed <= :today and closed > {YEAR}))), count(*)
        from members""",
    "S7": f"""{DEEDS} select count(*) filter (where id in (
          select id from deeds where day > date(:today, '-60 days'))),
        case when exists (select 1 from deeds) then count(*) else 0 end from members""",
    "S10": f"""{NEWEST} select count(*) filter (where value >= 4),
        case when count(*) >= 5 then count(*) else 0 end from newest where value between 1 and 5""",
    "S11": """select count(*) filter (where id in (
          select organisation_id from tell_us_what_you_did where date >= :first and date < :end)),
        count(*) from members where joined_on is null or joined_on < :end""",
    "S13": f"""with steering as (select * from meetings where kind = 'steering'),
        held as (
          select distinct date from steering where date <= :today and date > {YEAR}),
        missed as (
          select distinct next_date from steering s
          where next_date <= date(:today, '-7 days') and next_date > {YEAR} and not exists (
            select 1 from steering t where t.date <= :today
            and abs(julianday(t.date) - julianday(s.next_date)) <= 7))
        select count(*), count(*) + (select count(*) from missed) from held""",
    "I2": f"{PIECES} select count(*) filter (where tone = 'favourable'), count(*) from coded",
    "I3": f"""{PIECES} select count(distinct piece) filter (where n in (
          select q.n from media_quotes q
          where q.id in (select id from members) or fold(q.name) = fold(:coalition))),
        count(distinct piece) from pieces""",
    "I4": f"""{PIECES} select
        count(distinct piece) filter (where n in (select n from media_message)),
        count(distinct piece) filter (where n in (select n from media_message)
          or tone in ('favourable', 'neutral', 'opposed')) from pieces""",
    "I5": """select count(*) filter (where placed <= :today), count(*) from media
        where submitted <= :today""",
    "Q1": "select sum(aside), sum(rows) from problems",
}  # fmt: skip

FIGURES = {
    "C1": f"{WANTED} select count(*) from p where added <= :today",
    "C5": median(WANTED, """select julianday(joined_on) - julianday(first_contact) x from j
        where joined_on >= first_contact"""),
    "C6": f"""{WANTED} select count(*) from c
        where coalesce(stage, '') not in ('joined', 'said no', 'later')
        and julianday(:today) - julianday(max(first_contact,
          case when last_touch <= :today then last_touch else '' end,
          case when replied <= :today then replied else '' end)) > 14""",
    "C7": f"{WANTED} select count(*) from p where trim(coalesce(owner, '')) = ''",
    "A1": """select count(*) from signons
        where outcome <> 'test' and day >= :first and day < :end""",
    "A2": "select count(*) from members",
    "A3": f"select count(*) from signons s where outcome = 'accepted' and {ALONE}",
    "A5": median("", """select max(0, julianday(decided_on) - julianday(day)) x from signons
        where outcome in ('accepted', 'declined') and day is not null and decided_on is not null
        """),
    "A16": """with said as (
          select distinct m.n, fold(s.name) sector from members m
          join organisations_sector s on s.n = m.n where fold(s.name) <> ''),
        portion as (select sector, 1.0 / count(*) over (partition by n) part from said),
        shares as (
          select sum(part) / (select count(distinct n) from said) p from portion group by sector)
        select 1 / sum(p * p) from shares""",
    "A17": """with recursive up(id, top) as (
          select id, id from members
          union select up.id, o.parent_id from up join organisations o on o.id = up.top
          where o.parent_id <> ''),
        roots as (
          select up.id, top from up join organisations o on o.id = top where o.parent_id = '')
        select nullif(count(distinct top), 0) from roots""",
    "A18": "select count(*) from members where confirm_by <= date(:today, '+30 days')",
    "P1": f"""select count(distinct fold(initiative)) from actions
        where date <= :today and trim(initiative) <> '' and started_by_id in (
          select id from members) and started_by_id not in ({HOSTS})""",
    "P3": """select case when count(*) = 0 then 0 else sum(letters) end from actions
        where date >= :first and date < :end""",
    "P4": """with taking as (
          select n, started_by_id id from actions where date <= :today
          union select a.n, p.id from actions a join actions_partners p on p.n = a.n
          where date <= :today),
        joint as (
          select n from taking where id in (select id from members) group by n
          having count(*) >= 2)
        select count(*) from joint""",
    "P5": """select count(*) from meetings
        where kind = 'event' and date >= :first and date < :end""",
    "P6": """with counted as (
          select m.n, date,
            (select count(distinct id) from meetings_invited i where i.n = m.n
             and id in (select id from members)) asked,
            (select count(distinct i.id) from meetings_invited i
             join meetings_present p on p.n = i.n and p.id = i.id
             where i.n = m.n and i.id in (select id from members)) came
          from meetings m where date <= :today
          and exists (select 1 from meetings_present p where p.n = m.n)),
        last as (select * from counted where asked > 0 order by date desc, n desc limit 3)
        select avg(1.0 * came / asked) from last""",
    "S1": """select count(*) from help
        where asked_on <= :today and (closed is null or closed > :today)""",
    "S2": median("", """select julianday(first_answer) - julianday(asked_on) x from help
        where asked_on <= :today and first_answer <= :today and first_answer >= asked_on"""),
    "S4": f"""select count(*) from help where asked_on <= :today and asked_on > {YEAR}
        and kind in ('training', 'media', 'facilitation', 'money', 'legal', 'tech', 'other')""",
    "S5": """select avg(useful_1_5) from help
        where asked_on <= :today and useful_1_5 between 1 and 5""",
    "S6": f"""select case when count(*) = 0 then 0 else sum(people) end from meetings
        where kind = 'training' and date <= :today and date > {YEAR}""",
    "S8": f"""{DEEDS} select case when exists (select 1 from deeds) then count(*) filter (
          where id not in (select id from deeds where day >= date(:today, '-90 days'))
          and (joined_on is null or joined_on <= date(:today, '-90 days'))) end from members""",
    "S9": f"""{NEWEST}, scores as (
          select 'purpose' what, purpose x from newest
          union all select 'performance', performance from newest
          union all select 'operations', operations from newest
          union all select 'capacity', capacity from newest),
        means as (
          select avg(x) mean from scores where x between 1 and 5 group by what
          having count(*) >= 5)
        select avg(mean) from means""",
    "I1": f"{PIECES} select count(distinct piece) from pieces",
    "I6": f"""{STANDS} select case when count(*) > 0
        then count(*) filter (where position = 'support') end from now""",
    "I7": f"{STANDS} select avg(points) from now",
    "I8": f"""{STANDS} select sum(points * influence * confidence) / sum(influence * confidence)
        from now where points is not null and influence * confidence is not null""",
    "I9": f"""{STANDS} select sum((new.points > old.points) - (new.points < old.points))
        from office old
        join office new on new.person = old.person
        where old.on_day = date(:first, '-1 day') and new.on_day = date(:end, '-1 day')
        and old.points is not null and new.points is not null""",
    "I10": f"""{STANDS} select case when count(*) > 0
        then count(*) filter (where cosponsor_on <= :today) end from now""",
    "I12": """select max(case step when 'sponsor' then 1 when 'introduced' then 2
        when 'hearing' then 3 when 'committee' then 4 when 'floor' then 5 when 'enacted' then 6
        when 'implemented' then 7 end) from milestones
        where date <= :today and trim(bill_or_goal) <> ''""",
    "I13": f"""select count(*) from lessons where kind = 'win' and date <= :today
        and date > {YEAR} and trim(evidence) <> ''""",
}  # fmt: skip
