#!/usr/bin/env python3
"""Lists every allowed plan of a small case and prints the best: the truth behind the figures in why.txt.

    python3 data/cases/enumerate.py data/example S1

Written from the words of the contract, sharing nothing with the program. Exact (fractions), slow on purpose: plans
with nobody unplaced are listed first, then with one, and so on, so `placed` (or what asks for it: `generous`, `greedy`) must
be the first objective.
Needs Python 3.11 (standard library only).
"""
import csv, pathlib, sys, tomllib
from fractions import Fraction as F

case, name = pathlib.Path(sys.argv[1]), sys.argv[2]


def table(file):
    path = case / f"{file}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def words(cell):
    return [word for word in (cell or "").split(";") if word]


scenario = tomllib.loads((case / "scenarios" / f"{name}.toml").read_text(encoding="utf-8"))
policy, objectives = scenario["policy"], scenario["objectives"]
assert objectives[0] in ("placed", "generous", "greedy")
people = {row["person_id"]: row for row in sorted(table("people"), key=lambda row: row["person_id"])}
chosen = set(scenario["structures"].values())
posts = {p["post_id"]: p for p in table("posts") if p["status"] == "open" and chosen & set(words(p["structures"]))}
matches = {(m["person_id"], m["post_id"]): m for m in table("matches")}
ranks = {(r["person_id"], r["post_id"]): int(r["rank"]) for r in table("post_preferences")}
asked = {row["person_id"]: row for row in table("authority_preferences")}
miles = {(row["person_id"], row["authority_id"]): F(row["miles"]) for row in table("travel")}
authorities = {row["authority_id"]: row for row in table("authorities")}
shares = {}
for row in table("shares"):
    shares.setdefault(row["joint_post_id"], {})[row["authority_id"]] = F(row["pct"])
pins = table("pins") if scenario.get("use_pins", True) else []
links = table("links")


def stated(person):
    preferred = asked.get(person, {}).get("preferred", "")
    return preferred if preferred in authorities else None


def allowed(person, post):
    row, offer, match = people[person], posts[post], matches[person, post]
    if offer["essential_qualification"] and offer["essential_qualification"] not in words(row["qualifications"]):
        return False
    if match["match"] == "promotion" and post not in policy.get("promotion_into", []):
        return False
    if int(match["grade_difference"]) < -policy["max_grades_down"]:
        return False
    if policy["rule"] == "employer_default" and offer["authority_id"] != row["employer"]:
        return False
    if policy["rule"] == "time_majority":
        major = [a for a, pct in shares.get(row["joint_post_id"], {}).items() if pct > 50]
        if major and offer["authority_id"] not in major:
            return False
    if policy["retained_shared"] == "pin" and row["retained_shared"] == "yes" and offer["retained_shared"] != "yes":
        return False
    for pin in pins:
        if pin["person_id"] == person:
            held = post if pin["kind"].endswith("post") else offer["authority_id"]
            if pin["kind"].startswith("must") != (held == pin["target"]):
                return False
    return True


options = {person: [q for q in sorted(posts) if (person, q) in matches and allowed(person, q)] for person in people}
must = {pin["person_id"] for pin in pins if pin["kind"].startswith("must")}
if policy["retained_shared"] == "pin":
    must |= {person for person, row in people.items() if row["retained_shared"] == "yes"}


def cost(person, post):
    row, offer = people[person], posts[post]
    pounds = max(F(row["salary_gbp"]), F(offer["salary_min_gbp"])) * min(F(row["fte"]), F(offer["fte"]))
    return (pounds * (100 + F(str(policy["on_cost_pct"]))) + F(1, 2)).__floor__()


def rank(person, post):
    if asked.get(person, {}).get("response", "no_response") == "no_response":
        return 0
    return ranks.get((person, post), policy["unlisted_rank"])


highest = max((rank(person, post) for person in people for post in options[person]), default=0)


def wanted(plan, objective):
    """Less is better; more people placed come before by the order of listing."""
    found = value(plan, objective)
    if objective == "generous":
        return found[::-1]
    if objective in ("greedy", "rank_maximal"):
        return [-count for count in found]
    return -found if objective in ("placed", "statutory", "preference", "critical", "family") else found


def fair(plan):
    at = lambda person: posts[plan[person]]["authority_id"]
    for link in links:
        a, b = (at(x) if x in plan else None for x in (link["person_a"], link["person_b"]))
        if link["kind"] == "same_authority" and a != b:
            return False
        if link["kind"] == "different_authority" and a is not None and a == b:
            return False
    for rule in scenario.get("fairness", []):
        if rule.get("level", "must") != "must":
            continue
        here = [person for person in plan if at(person) == rule.get("authority")]
        kind = rule["kind"]
        if kind in ("people_share", "fte_share"):
            weigh = lambda x: F(people[x]["fte"]) if kind == "fte_share" else 1
            value = F(100 * sum(map(weigh, here))) / sum(map(weigh, people))
            if not F(str(rule.get("min_pct", 0))) <= value <= F(str(rule.get("max_pct", 100))):
                return False
        elif kind == "budget":
            limit = F(str(rule.get("max_gbp") or authorities[rule["authority"]]["budget_gbp"]))
            if sum(cost(x, plan[x]) for x in here) > limit * 100:
                return False
        elif kind == "cover":
            if sum(rule["function"] in words(posts[plan[x]]["functions"]) for x in here) < rule["min_people"]:
                return False
        elif kind == "vacancy_gap":
            rates = []
            for authority in rule["authorities"]:
                seats = sum(int(q["capacity"]) for q in posts.values() if q["authority_id"] == authority)
                filled = sum(at(x) == authority for x in plan)
                rates.append(F(100 * (seats - filled), seats) if seats else F(0))
            if abs(rates[0] - rates[1]) > F(str(rule["max_points"])):
                return False
        elif kind == "preference_parity":
            rates = []
            for employer in authorities:
                staff = [x for x in people if people[x]["employer"] == employer and stated(x)]
                if staff:
                    rates.append(F(100 * sum(x in plan and at(x) == stated(x) for x in staff), len(staff)))
            if rates and max(rates) - min(rates) > F(str(rule["max_points"])):
                return False
        else:
            sys.exit(f"unknown kind {kind}")
    return True


def value(plan, objective):
    at = lambda person: posts[plan[person]]["authority_id"]
    if objective == "placed":
        return len(plan)
    if objective == "statutory":
        cover = scenario["statutory_cover"]
        return sum(
            any(at(x) == a and int(posts[plan[x]]["tier"]) <= cover["max_tier"]
                and role in words(people[x]["statutory_roles"]) for x in plan)
            for a in authorities for role in cover["roles"])
    if objective == "preference":
        return sum(at(x) == stated(x) for x in plan)
    if objective == "match":
        points = ["direct", "partial", "alternative", "promotion"]
        return sum(points.index(matches[x, plan[x]]["match"]) for x in plan)
    if objective == "rank":
        return sum(rank(x, plan[x]) for x in plan)
    if objective == "cost":
        return sum(cost(x, plan[x]) for x in plan)
    if objective == "moves":
        return sum(at(x) != people[x]["employer"] for x in plan)
    if objective == "family":
        leave = ("maternity_leave", "adoption_leave", "shared_parental_leave")
        return sum(people[x]["employment_status"] in leave for x in plan)
    if objective == "critical":
        return sum(posts[plan[x]]["criticality"] in ("statutory", "high") for x in plan)
    if objective == "travel":
        return int(sum(miles.get((x, at(x)), 0) for x in plan) * 100)
    taken = [rank(x, plan[x]) for x in plan]
    if objective in ("generous", "greedy", "rank_maximal"):
        return [taken.count(r) for r in range(1, highest + 1)]
    if objective == "bottleneck":
        return max(taken, default=0)
    sys.exit(f"unknown objective {objective}")


def plans(unplaced):
    order = sorted(people, key=lambda x: len(options[x]))
    seats = {post: int(row["capacity"]) for post, row in posts.items()}

    def go(index, left, plan):
        if index == len(order):
            if left == 0 and fair(plan):
                yield dict(plan)
            return
        person = order[index]
        for post in options[person]:
            if seats[post]:
                seats[post] -= 1
                plan[person] = post
                yield from go(index + 1, left, plan)
                del plan[person]
                seats[post] += 1
        if left and person not in must:
            yield from go(index + 1, left - 1, plan)

    yield from go(0, unplaced, {})


for unplaced in range(len(people) + 1):
    best, ties, count = None, [], 0
    for plan in plans(unplaced):
        count += 1
        key = [wanted(plan, o) for o in objectives if o != "cost"]
        if best is None or key < best:
            best, ties = key, []
        if key == best:
            ties.append(plan)
    if ties:
        break
else:
    print(f"{name}: impossible")
    sys.exit()
plan = min(ties, key=lambda plan: value(plan, "cost"))
print(f"{name}: optimal; " + "; ".join(f"{o} {value(plan, o)}" for o in objectives))
held = {x: {t.get(x) for t in ties} for x in people}
loose = [f"{x} ({', '.join(sorted(q or 'no post' for q in held[x]))})" for x in people if len(held[x]) > 1]
print(f"  plans allowed with {len(plan)} placed: {count}; equally good but for cost: {len(ties)}")
print("  undecided:", "; ".join(loose) or "nobody")
print("  plan:", " ".join(f"{x}={plan.get(x, '-')}" for x in people))
vacant = {q: int(row["capacity"]) - sum(p == q for p in plan.values()) for q, row in posts.items()}
print("  vacancies:", " ".join(f"{q}={n}" for q, n in sorted(vacant.items()) if n) or "none")
