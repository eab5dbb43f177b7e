"""Extracts of the register of schools, made up: the published columns and layout, and no school that there is."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

COLUMNS = """URN|LA (code)|LA (name)|EstablishmentNumber|EstablishmentName|TypeOfEstablishment (code)
TypeOfEstablishment (name)|EstablishmentTypeGroup (code)|EstablishmentTypeGroup (name)|EstablishmentStatus (code)
EstablishmentStatus (name)|ReasonEstablishmentOpened (code)|ReasonEstablishmentOpened (name)|OpenDate
ReasonEstablishmentClosed (code)|ReasonEstablishmentClosed (name)|CloseDate|PhaseOfEducation (code)
PhaseOfEducation (name)|StatutoryLowAge|StatutoryHighAge|Boarders (code)|Boarders (name)|NurseryProvision (name)
OfficialSixthForm (code)|OfficialSixthForm (name)|Gender (code)|Gender (name)|ReligiousCharacter (code)
ReligiousCharacter (name)|ReligiousEthos (name)|Diocese (code)|Diocese (name)|AdmissionsPolicy (code)
AdmissionsPolicy (name)|SchoolCapacity|SpecialClasses (code)|SpecialClasses (name)|CensusDate|NumberOfPupils
NumberOfBoys|NumberOfGirls|PercentageFSM|TrustSchoolFlag (code)|TrustSchoolFlag (name)|Trusts (code)|Trusts (name)
SchoolSponsorFlag (name)|SchoolSponsors (name)|FederationFlag (name)|Federations (code)|Federations (name)|UKPRN
FEHEIdentifier|FurtherEducationType (name)|LastChangedDate|Street|Locality|Address3|Town|County (name)|Postcode
SchoolWebsite|TelephoneNum|HeadTitle (name)|HeadFirstName|HeadLastName|HeadPreferredJobTitle|BSOInspectorateName (name)
InspectorateReport|DateOfLastInspectionVisit|NextInspectionVisit|TeenMoth (name)|TeenMothPlaces|CCF (name)
SENPRU (name)|EBD (name)|PlacesPRU|FTProv (name)|EdByOther (name)|Section41Approved (name)|SEN1 (name)|SEN2 (name)
SEN3 (name)|SEN4 (name)|SEN5 (name)|SEN6 (name)|SEN7 (name)|SEN8 (name)|SEN9 (name)|SEN10 (name)|SEN11 (name)
SEN12 (name)|SEN13 (name)|TypeOfResourcedProvision (name)|ResourcedProvisionOnRoll|ResourcedProvisionCapacity
SenUnitOnRoll|SenUnitCapacity|GOR (code)|GOR (name)|DistrictAdministrative (code)|DistrictAdministrative (name)
AdministrativeWard (code)|AdministrativeWard (name)|ParliamentaryConstituency (code)|ParliamentaryConstituency (name)
UrbanRural (code)|UrbanRural (name)|GSSLACode (name)|Easting|Northing|MSOA (name)|LSOA (name)|InspectorateName (name)
SENStat|SENNoStat|BoardingEstablishment (name)|PropsName|PreviousLA (code)|PreviousLA (name)|PreviousEstablishmentNumber
Country (name)|UPRN|SiteName|QABName (code)|QABName (name)|EstablishmentAccredited (code)|EstablishmentAccredited (name)
QABReport|CHNumber|MSOA (code)|LSOA (code)|FSM|AccreditationExpiryDate""".replace("\n", "|").split("|")
"""Those of the extract of 24 September 2026."""
SHORT = {
    "name": "EstablishmentName",
    "la": "LA (name)",
    "la_code": "LA (code)",
    "number": "EstablishmentNumber",
    "status": "EstablishmentStatus (name)",
    "type": "TypeOfEstablishment (name)",
    "phase": "PhaseOfEducation (name)",
    "closed": "CloseDate",
    "flag": "TrustSchoolFlag (name)",
    "trust": "Trusts (name)",
    "trust_code": "Trusts (code)",
    "ukprn": "UKPRN",
    "street": "Street",
    "town": "Town",
    "postcode": "Postcode",
    "website": "SchoolWebsite",
}
PRIVATE = {
    "TelephoneNum": "01632960001",
    "HeadTitle (name)": "Mrs",
    "HeadFirstName": "Wilhelmina",
    "HeadLastName": "Zzyzx",
    "HeadPreferredJobTitle": "Headmistressissimo",
    "PropsName": "Ignatius Quux",
}
"""Made-up people, in every row: none of it may come out anywhere."""
Row = Mapping[str, str]


def school(urn: int | str, name: str, **more: str) -> dict[str, str]:
    """A row by its headings: an open primary school of a made-up authority, unless `more` says otherwise."""
    usual = {"la": "Borsetshire", "la_code": "888", "status": "Open", "phase": "Primary", "type": "Community school"}
    said = {SHORT[key]: text for key, text in {**usual, **more, "name": name}.items()}
    return {"URN": str(urn), **said, **PRIVATE}


def academy(urn: int | str, name: str, trust: str, code: str, **more: str) -> dict[str, str]:
    """The same of an academy and its trust."""
    flag = "Supported by a multi-academy trust"
    return school(urn, name, **{"type": "Academy converter", "flag": flag, "trust": trust, "trust_code": code, **more})


def text_of(rows: Iterable[Row], columns: list[str] = COLUMNS) -> str:
    """As it is published: everything in quotes, CRLF at each end."""
    made = io.StringIO()
    writer = csv.writer(made, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return made.getvalue()


def write(path: Path, rows: Iterable[Row], encoding: str = "cp1252", columns: list[str] = COLUMNS) -> Path:
    """An extract as a file."""
    path.write_bytes(text_of(rows, columns).encode(encoding))
    return path


def write_links(path: Path, links: Iterable[tuple[int, int, str]]) -> Path:
    """A links file: each line an establishment, another, and what that is to it."""
    lines = ['"URN","LinkURN","LinkName","LinkType","LinkEstablishedDate"']
    lines += [f'{urn},{other},"School {other}, the","{said}","31-08-2024"' for urn, other, said in links]
    path.write_bytes("".join(f"{line}\n" for line in lines).encode("cp1252"))
    return path


_SAINTS = ("St Mary's", "St  John’s", "Holy Trinity", "All Saints'", "Christ the King", "Oak, Ash & Elm", "Môr Lan")
_FILLED = {
    column: "Not applicable" if "(name)" in column else "0"
    for column in COLUMNS
    if column not in {*SHORT.values(), *PRIVATE, "URN", "Locality", "Address3"}
}
"""About as much as a row of the real extract holds."""


def many(count: int, first: int = 100_000) -> Iterator[dict[str, str]]:
    """Rows of schools of which many share a name, two in five closed, every third of the rest in a trust."""
    for number in range(count):
        name = f"{_SAINTS[number % 7]} {('Primary School', 'Infant School', 'Academy')[number % 3]}"
        name = name if number % 4 == 0 else f"{name} {number // 9}"
        more = {
            "la": f"Borsetshire {number % 150}",
            "la_code": str(200 + number % 150),
            "number": f"{2000 + number % 7000}",
            "town": f"Felpersham {number % 1300}",
            "street": f"{number % 99} High Street",
            "postcode": "ZZ1 1ZZ",
            "ukprn": str(10_000_000 + number),
            "website": f"{('http://', 'www.', 'https://www.')[number % 3]}school{number}.example.org",
        }
        if number % 5 < 2:
            more |= {"status": "Closed", "closed": "31-08-2019"}
        make = academy(first + number, name, f"TRUST {number % 2500}", str(1000 + number % 2500), **more)
        yield {**_FILLED, **(make if number % 3 == 0 else school(first + number, name, **more))}


TRUST = ("NORTHERN LIGHT TRUST", "2053")
FIRST: list[Row] = [
    academy(100001, "Elm  Academy", *TRUST, website="www.elm.example", number="4001", town="Felpersham"),
    school(100002, "Môr Lan, the “first”: one", website="Mr Nobody", ukprn="10012345", number="4002"),
    school(100003, "St Mary's School", town="Hull"),
    school(100004, "St Mary’s School", town="York"),
    school(100005, "Old School", status="Closed", closed="31-08-2020"),
    school(100006, "New School", status="Proposed to open"),
    school(100007, "Going School", status="Open, but proposed to close"),
    school(100008, "Far School", la="Loamshire"),
    school(100009, "Foundation School", trust="A Foundation", trust_code="77", flag="Supported by a trust"),
]
"""A month's rows."""
NEXT: list[Row] = [
    academy(200001, "Elm Academy", "SOUTH TRUST", "3000", number="4001", town="Felpersham", website="www.elm.example"),
    school(100001, "Elm  Academy", status="Closed", closed="31-08-2026", number="4001"),
    academy(200002, "Môr Lan Academy", *TRUST),
    school(100002, "Môr Lan, the “first”: one", status="Closed", closed="31-08-2026"),
    school(100003, "St Mary's School", status="Closed", closed="01-09-2026"),
    school(100004, "St Mary’s School", status="Closed", closed="01-09-2026"),
    school(200003, "St Mary's All-through School"),
    school(100007, "Going School", status="Closed", closed="31-12-2025"),
    school(200007, "Going North School"),
    school(200008, "Going South School", la="Loamshire"),
    school(100009, "Foundation School", status="Closed", closed="none known"),
]
"""Those of the next."""
LINKS = [
    (100001, 200001, "Successor"),
    (200002, 150002, "Predecessor"),
    (150002, 100002, "Predecessor"),
    (100003, 200003, "Successor - merged"),
    (200003, 100004, "Predecessor - merged"),
    (100007, 200007, "Successor - Split School"),
    (100007, 200008, "Successor - Split School"),
    (100009, 300009, "Successor"),
    (300009, 100009, "Successor"),
]


def for_the_guide(folder: Path) -> None:
    """What an adviser has downloaded when docs/gias.md begins: two months' files."""
    write(folder / "edubasealldata20260924.csv", FIRST)
    write(folder / "edubasealldata20261029.csv", NEXT)
    write_links(folder / "links_edubasealldata20261029.csv", LINKS)
