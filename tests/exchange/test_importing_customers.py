"""Who comes in is found again, nothing of them is lost, and what goes out comes back as it was."""

import io

import pytest
import xlsxwriter
from sqlalchemy import select

from desktop.data.models import Customer
from desktop.exchange.contact_files import read_contacts
from desktop.exchange.contact_tables import chosen_columns, field_of, propose_columns, read_people, read_table
from desktop.exchange.customers_file import write_customers
from desktop.exchange.importing_customers import Rules, carry_out, plan_import
from desktop.exchange.sources import read_source
from desktop.exchange.vcard import read_vcards
from desktop.exchange.vcard_writing import write_vcards
from desktop.services import customers, labels, profile
from tests.torture.mutations import a_seed, torture

GOOGLE = """First Name,Middle Name,Last Name,Name Prefix,Nickname,Organization Name,Organization Title,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Address 1 - Formatted,Address 1 - Street,Address 1 - City,Website 1 - Value
Noura,,Ali,Dr.,Nounou,Rose,Boss,1990-05-14,likes roses,http://x,* myContacts ::: VIP,* Home,noura@x.ae,Mobile,+971 50 123 4567 ::: 050 123 4568,Work Fax,04 222 3344,"Street 5
Dubai",Street 5,Dubai,http://n.example
"""  # noqa: E501
OLD_GOOGLE = "Name,Given Name,Family Name,Group Membership,Phone 1 - Type,Phone 1 - Value,Notes\nNoura Ali,Noura,Ali,* My Contacts ::: VIP,Mobile,050 123 4567,hello\n"  # noqa: E501
OUTLOOK = "First Name,Last Name,Title,Company,Job Title,Home Street,Home City,Business Phone,Mobile Phone,E-mail Address,Notes,Categories,Birthday\nNoura,Ali,Dr.,Rose,Boss,Street 5,Dubai,04 222 3344,050 123 4567,n@x.ae,hi,VIP;Gold,0/0/00\n"  # noqa: E501
OUTLOOK_ARABIC = "الاسم الأول,اسم العائلة,الشركة,هاتف العمل,الهاتف المحمول,عنوان البريد الإلكتروني,ملاحظات\nنورة,علي,الورد,04 222 3344,050 123 4567,n@x.ae,مرحبا\n"  # noqa: E501
HUBSPOT = "Record ID,First Name,Last Name,Phone Number,Email,Lifecycle Stage,Street Address,City,Company Name\n11,Noura,Ali,+971501234567,n@x.ae,Lead,Street 5,Dubai,Rose\n"  # noqa: E501
SALESFORCE = "Salutation,First Name,Last Name,Title,Account Name,Mailing Street,Mailing City,Mailing Country,Phone,Mobile,Email,Birthdate,Description\nDr.,Noura,Ali,Boss,Rose,Street 5,Dubai,UAE,04 222 3344,050 123 4567,n@x.ae,14/5/1990,likes roses\n"  # noqa: E501
ARABIC = "م,اسم العميل,رقم الجوال,ملاحظة,المدينة\n1,نورة,٠٥٠ ١٢٣ ٤٥٦٧,تحب الورد,دبي\n"


@pytest.fixture
def shop(database):
    database.run("Home", profile.update_profile, territory="AE", time_zone="Asia/Dubai")
    return database


def people(text):
    return read_people(read_source(text if isinstance(text, bytes) else text.encode()))


def cards(*bodies):
    text = "".join(f"BEGIN:VCARD\nVERSION:3.0\n{body}\nEND:VCARD\n" for body in bodies)
    return read_vcards(io.BytesIO(text.encode()))


def bring(shop, contacts, **rules):
    return shop.run("Import", lambda session: carry_out(session, plan_import(session, contacts, Rules(**rules))))


def counts(report):
    return (report.new, report.changed, report.unchanged, report.skipped)


def everybody(shop):
    with shop.reader() as session:
        return list(session.scalars(select(Customer).order_by(Customer.id)))


@pytest.mark.parametrize("text", [GOOGLE, OLD_GOOGLE, OUTLOOK, OUTLOOK_ARABIC, HUBSPOT, SALESFORCE, ARABIC])
def test_tables_of_every_kind(shop, text):
    report = bring(shop, people(text))
    assert counts(report) == (1, 0, 0, 0)
    (noura,) = everybody(shop)
    assert noura.phone == "971501234567"
    assert noura.name in ("Dr. Noura Ali", "Noura Ali", "نورة علي", "نورة")
    assert counts(bring(shop, people(text))) == (0, 0, 1, 0), "nothing is new the second time"


def test_what_google_says_is_kept(shop):
    labels_made = shop.run("Label", labels.add_label, "VIP")
    bring(shop, people(GOOGLE))
    (noura,) = everybody(shop)
    assert noura.more_phones.split("\n") == ["971501234568", "97142223344"]
    assert (noura.company, noura.birthday, noura.email) == ("Rose", "1990-05-14", "noura@x.ae")
    assert noura.address == "Street 5\nDubai"
    assert noura.note == "likes roses"
    assert '"Nickname": "Nounou"' in noura.extra
    assert "97142223344: fax" in noura.extra
    with shop.reader() as session:
        assert labels.labels_of(session, [noura.id]) == {
            noura.id: [("VIP", session.get(labels.Label, labels_made).colour)]
        }


def test_numbers_that_are_none_are_kept_as_they_are_written(shop):
    report = bring(shop, people("الاسم,الهاتف\nسارة,9.7155E+11\nريم,اتصل 22\n"))
    assert [problem.code for problem in report.problems] == ["phone_spoiled", "phone_unreadable"]
    assert "9.7155E+11" in report.problems[0].message
    assert [(one.phone, one.more_phones) for one in everybody(shop)] == [("", "9.7155E+11"), ("", "اتصل 22")]
    assert counts(bring(shop, people("الاسم,الهاتف\nسارة,9.7155E+11\nريم,اتصل 22\n"))) == (0, 0, 2, 0)


def test_somebody_is_known_by_any_number_then_by_email_then_by_name_if_asked(shop):
    shop.run("Add", customers.add_customer, "Noura", "0501234567", email="n@x.ae", note="mine")
    with shop.reader() as session:
        plan = plan_import(session, cards("FN:Noura A.\nTEL:04 222 3344\nTEL:+971 50 123 4567\nNOTE:theirs"))
    (change,) = plan.changes
    assert change.fields == {
        "name": ("Noura", "Noura A."),
        "more_phones": ("", "97142223344"),
        "note": ("mine", "mine\n\ntheirs"),
    }
    assert everybody(shop)[0].name == "Noura", "nothing is written by a plan"
    assert counts(bring(shop, cards("FN:Other\nEMAIL:N@X.ae"))) == (0, 1, 0, 0)
    assert counts(bring(shop, cards("FN:Other\nTEL:0509999999"))) == (1, 0, 0, 0)
    assert counts(bring(shop, cards("FN:Other\nTEL:0508888888"), by_name=True)) == (0, 1, 0, 0)
    assert counts(bring(shop, cards("FN:Other\nTEL:0508888888"), found="new")) == (1, 0, 0, 0)
    assert counts(bring(shop, cards("FN:Skipped\nTEL:0508888888"), found="skip")) == (0, 0, 1, 0)


def test_a_number_is_nobodys_name_and_a_card_made_of_it_changes_nothing(shop):
    stranger = cards("FN:+971 55 333 4444\nN:;+971 55 333 4444;;;\nTEL:055 333 4444")
    assert counts(bring(shop, stranger)) == (1, 0, 0, 0)
    (found,) = everybody(shop)
    assert (found.name, found.phone) == ("", "971553334444")
    assert counts(bring(shop, stranger)) == (0, 0, 1, 0)


def test_two_people_with_one_number_are_both_kept(shop):
    family = cards(
        "FN:Mona\nTEL:0501234567\nNOTE:a", "FN:Ali\nTEL:0501234567\nNOTE:b", "FN:Mona\nTEL:0501234567\nNOTE:c"
    )
    report = bring(shop, family)
    assert counts(report) == (2, 0, 0, 0)
    assert [problem.code for problem in report.problems] == ["phone_shared"]
    assert [(one.name, one.note) for one in everybody(shop)] == [("Mona", "a\n\nc"), ("Ali", "b")]
    assert counts(bring(shop, family)) == (0, 0, 2, 0)


def test_an_import_is_one_action_and_one_undo(shop):
    bring(shop, cards(*(f"FN:Person {n}\nTEL:05012345{n:02}\nCATEGORIES:Gold" for n in range(50))), labels="all")
    assert len(everybody(shop)) == 50
    with shop.reader() as session:
        assert customers.find_customers(session, "person 7")[0] == everybody(shop)[7].id
        assert [label.name for label in labels.list_labels(session)] == ["Gold"]
    shop.undo()
    assert everybody(shop) == []


def test_what_goes_out_comes_back_unchanged(shop):
    shop.run("Label", labels.add_label, "VIP, gold")
    hostile = '=HYPERLINK("x")\n+1\n\'=2\n@cmd'
    bring(
        shop,
        cards(
            "FN:=cmd|' /C calc'!A0\nTEL:0501234567\nTEL;TYPE=HOME:call 12\nCATEGORIES:VIP\\, gold,New\nTITLE:-x",
            "FN:\u202eEvil\nTEL:+966501234567\nBDAY:--0514\nADR:;;One\\nTwo;Dubai;;;\nNOTE:"
            + hostile.replace("\n", "\\n"),
            "EMAIL:only@x.ae",
        ),
    )
    first = everybody(shop)[0]
    shop.run("Consent", customers.give_consent, [first.id], "in the shop", 1_700_000_000)
    shop.run("Stop", customers.stop_messages, [first.id], "asked", 1_700_000_100)
    files = {}
    with shop.reader() as session:
        for kind in ("csv", "xlsx"):
            files[kind] = io.BytesIO()
            assert write_customers(session, files[kind], kind) == 3
        files["vcf"] = io.BytesIO()
        write_vcards(session, files["vcf"])
    table = files["csv"].getvalue().decode("utf-8-sig")
    assert '"+971501234567"' in table
    assert "\"'=cmd" in table
    written = {kind: file.getvalue() for kind, file in files.items()}
    for contacts in (people(written["csv"]), people(written["xlsx"]), read_vcards(io.BytesIO(written["vcf"]))):
        with shop.reader() as session:
            plan = plan_import(session, contacts)
        assert plan.changes == []
        assert counts(plan.report) == (0, 0, 3, 0)


def test_a_table_of_ours_fills_another_shop(shop, database):
    bring(shop, cards("FN:Noura\nTEL:0501234567\nNOTE:hi"))
    shop.run("Stop", customers.stop_messages, [everybody(shop)[0].id], "asked", 1_700_000_100)
    out = io.BytesIO()
    with shop.reader() as session:
        write_customers(session, out)
    shop.run("Remove", customers.remove_customers, [everybody(shop)[0].id])
    bring(shop, people(out.getvalue()))
    (noura,) = everybody(shop)
    assert (noura.stopped_at, noura.stopped_how, noura.note) == (1_700_000_100, "asked", "hi"), "who opted out stays so"
    changed = out.getvalue().replace(b'"hi"', b'"bye"').replace(b"2023-11-14", b"")
    bring(shop, people(changed))
    assert everybody(shop)[0].note == "bye", "a cell of our own table is meant as it is"
    assert everybody(shop)[0].stopped_at == 1_700_000_100
    bring(shop, people(out.getvalue().replace(b"2023-11-14T22:15:00+00:00", b"0001-01-01T00:00:00+14:00")))
    assert customers.may_write_to(everybody(shop)[0]), "a moment that no calendar shows is none"


def test_columns_can_be_chosen():
    table = read_source(b"A,B,C\nNoura,0501234567,red\n")
    columns = chosen_columns(propose_columns(table), {"a": "name", "b": "phone", "c": "note"})
    (noura,) = read_people(table, columns).people
    assert (noura.name, noura.phones[0].text, noura.notes) == ("Noura", "0501234567", ["red"])
    assert [column.reason for column in propose_columns(table)][:2] == ["content", "content"]
    assert field_of("رقم الواتساب") == "phone"


def test_a_workbook_and_any_file_by_what_is_in_it(tmp_path):
    path = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Phone"])
        sheet.write_row(1, 0, ["Noura", 971501234567])
    assert read_contacts(path).people[0].phones[0].text == "971501234567"
    path = tmp_path / "people.txt"
    path.write_text("\nBEGIN:VCARD\nFN:Noura\nEND:VCARD\n")
    assert read_contacts(path).people[0].name == "Noura"


def test_damaged_address_books_end_in_people_or_a_sentence():
    assert torture("contacts", a_seed(), 300)


@pytest.mark.parametrize("body", ["NOTE:only a note", "ORG:Rose", "TEL:12", "ORG:Rose\nTEL:12", "ADR:;;Street 5;;;;"])
def test_who_has_neither_name_nor_number_is_found_again(shop, body):
    assert counts(bring(shop, cards(body))) == (1, 0, 0, 0)
    assert counts(bring(shop, cards(body))) == (0, 0, 1, 0)


def test_nothing_turns_a_name_or_a_note_round(shop):
    bring(shop, cards("FN:\u202eNoura\u202c\nTEL:\u202a0501234567\u202c\nEMAIL:\u202e\nNOTE:\u202elikes roses"))
    (noura,) = everybody(shop)
    assert (noura.name, noura.phone, noura.note, noura.email) == ("Noura", "971501234567", "likes roses", "")


def test_a_list_without_names_of_columns_loses_nobody(shop):
    bring(shop, read_people(read_table("نورة,0501234567\nمنى,0501234568\n".encode())))
    assert [(one.name, one.phone) for one in everybody(shop)] == [("نورة", "971501234567"), ("منى", "971501234568")]


def test_a_number_of_a_spreadsheet_is_read_as_the_digits_it_has(shop):
    bring(shop, people("Name,Phone\nNoura,971501234567.0\n"))
    assert everybody(shop)[0].phone == "971501234567"


def test_words_beside_a_value_say_what_it_is_and_are_no_label(shop):
    assert field_of("WhatsApp Phone Number") == "phone"
    assert field_of("شارع العمل") == "street"
    table = (
        "Name,Address 1 - Label,Address 1 - Formatted,Event 1 - Label,Event 1 - Value\nNoura,Home,Dubai,Shop,1 May\n"
    )
    (noura,) = people(table).people
    assert (noura.labels, noura.fields["address"], noura.extra) == ([], "Dubai", {"Event 1 - Value": "Shop: 1 May"})


def test_whom_another_program_says_not_to_write_to_has_asked_to_stop(shop):
    kept = shop.run("Add", customers.add_customer, "Old", "0501234560")
    shop.run("Stop", customers.stop_messages, [kept], "in the shop", 1_700_000_000)
    head = "Name,Phone,DoNotCall,Lead Status,Email Opt Out,Unsubscribed from all email,إلغاء الاشتراك,Email status\n"
    rows = [
        "Old,0501234560,TRUE,,,,,",
        "Call,0501234561,complained in May,,,,,",
        "State,0501234562,0,Do Not Contact,,,لا,",
        "Arabic,0501234563,,Open,,,نعم,",
        "Mail,0501234564,FALSE,Open,TRUE,Yes,,unsubscribed",
    ]
    table = head + "\n".join(rows)
    assert counts(bring(shop, people(table))) == (4, 1, 0, 0)
    old, call, state, arabic, mail = everybody(shop)
    assert (old.stopped_at, old.stopped_how) == (1_700_000_000, "in the shop"), "what was noted first stays"
    hows = [one.stopped_how for one in (call, state, arabic)]
    assert hows == ["DoNotCall: complained in May", "Lead Status: Do Not Contact", "إلغاء الاشتراك: نعم"]
    assert all(customers.may_write_to(one) for one in (call, state, arabic))
    assert not customers.may_write_to(mail), "what is of e-mail is noted only"
    assert '"Email Opt Out": "TRUE"' in mail.extra
    assert counts(bring(shop, people(table))) == (0, 0, 5, 0)
    bring(shop, people("Name,Phone,Do Not Call\nCall,0501234561,no\nMail,0501234564,yes\n"))
    _old, call, *_others, mail = everybody(shop)
    assert (call.stopped_how, mail.stopped_how) == ("DoNotCall: complained in May", "Do Not Call: yes")
