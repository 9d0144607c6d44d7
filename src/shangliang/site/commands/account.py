import argparse
import getpass
import sys

from shangliang.site import terminal

name = "account"
help = "add, list and unlock personal log-ins"

SHORTEST = 6  # characters of a PIN


def arguments(parser: argparse.ArgumentParser) -> None:
    words = parser.add_subparsers(dest="word", metavar="add|list|pin|unlock", required=True)
    add = words.add_parser("add", help="a log-in for a person who holds a post")
    add.add_argument("login", metavar="LOGIN", help="number of the card")
    add.add_argument("--person", required=True, metavar="ID", help="id of the person, as in the posts")
    pin = words.add_parser("pin", help="a new PIN; also unlocks")
    pin.add_argument("login", metavar="LOGIN")
    for each in (add, pin):
        each.add_argument("--pin-stdin", action="store_true", help="read the PIN from standard input")
    unlock = words.add_parser("unlock", help="forget the failed attempts")
    unlock.add_argument("login", metavar="LOGIN")
    for each in (add, pin, unlock, words.add_parser("list", help="every log-in, with its posts")):
        each.add_argument("--json", action="store_true", help="print JSON")


def run(options: argparse.Namespace) -> int:
    return {"add": add, "list": listing, "pin": renew, "unlock": unlock}[options.word](options)


def add(options: argparse.Namespace) -> int:
    from django.db import IntegrityError, transaction

    from shangliang.people.models import Account, Person

    if not Person.objects.filter(pk=options.person).exists():
        return refuse(f"没有编号是{options.person}的人", f"there is no person {options.person}")
    if not options.login.strip() or len(options.login) > 40:
        return refuse("登录号要有1到40个字", "a log-in has 1 to 40 characters")
    if Account.objects.filter(login=options.login).exists():
        return refuse(f"登录号{options.login}已经有了", f"the log-in {options.login} exists")
    pin = ask(options)
    if pin is None:
        return 1
    try:
        with transaction.atomic():
            Account.objects.create_user(options.login, pin, options.person)
    except IntegrityError:
        return refuse(f"登录号{options.login}已经有了", f"the log-in {options.login} exists")
    return told(options, f"已开通{options.login}", f"added {options.login}")


def renew(options: argparse.Namespace) -> int:
    account = get(options.login)
    pin = ask(options) if account else None
    if account is None or pin is None:
        return 1
    account.set_password(pin)
    account.failures, account.locked_until = 0, None
    account.save(update_fields=["password", "failures", "locked_until"])
    return told(options, f"已换{options.login}的PIN", f"new PIN for {options.login}")


def unlock(options: argparse.Namespace) -> int:
    account = get(options.login)
    if account is None:
        return 1
    account.failures, account.locked_until = 0, None
    account.save(update_fields=["failures", "locked_until"])
    return told(options, f"已解锁{options.login}", f"unlocked {options.login}")


def listing(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from shangliang.acts.act import today
    from shangliang.people.models import Account
    from shangliang.people.queries import posts_of

    for a in Account.objects.order_by("login"):
        posts = [f"{p.role}@{p.unit_id}" for p in posts_of(a.person_id, today())]
        locked = bool(a.locked_until and a.locked_until > timezone.now())
        if options.json:
            row = {"login": a.login, "person": a.person_id, "active": a.is_active, "locked": locked}
            terminal.show({**row, "failures": a.failures, "posts": posts})
        else:
            state = "锁定/locked" if locked else "可用/active" if a.is_active else "停用/inactive"
            print(f"{a.login}\t{a.person_id}\t{state}\t{' '.join(posts) or '—'}")
    return 0


def get(login: str):
    from shangliang.people.models import Account

    found = Account.objects.filter(login=login).first()
    if found is None:
        refuse(f"没有登录号{login}", f"there is no log-in {login}")
    return found


def ask(options: argparse.Namespace) -> str | None:
    """The PIN, or None when it will not do; the reason has been said."""
    if options.pin_stdin:
        pin = sys.stdin.readline().rstrip("\r\n")
    else:
        pin = getpass.getpass("PIN: ")
        if pin != getpass.getpass("PIN (再输一次 / again): "):
            refuse("两次输入不一样", "the two are not the same")
            return None
    if len(pin) < SHORTEST or len(set(pin)) == 1:
        refuse(
            f"PIN至少{SHORTEST}位，不能是同一个数字",
            f"a PIN has at least {SHORTEST} characters, not all the same",
        )
        return None
    return pin


def told(options: argparse.Namespace, zh: str, en: str) -> int:
    if options.json:
        terminal.show({"login": options.login, "done": options.word})
    else:
        terminal.say(zh, en)
    return 0


def refuse(zh: str, en: str) -> int:
    terminal.remark(zh, en)
    return 1
