"""Made-up plans: what stands in them, and the answer in the form of fixtures/gold.

A paragraph is (text, kind) with kind "p" or "b" (bullet). A cell is a list of paragraphs.
"""
import random

GROUPS = ["RPO Hud- och könssjukdomar", "RPO Psykisk hälsa", "RPO Rörelseorganens sjukdomar", "RPO Kvinnosjukdomar och förlossning",
          "RSG Läkemedel", "RSG Patientsäkerhet", "RPO Äldres hälsa", "RPO Barn och ungdomars hälsa", "RPO Lung- och allergisjukdomar",
          "RPO Akut vård", "RMPO Hjärt- och kärlsjukdomar", "RSG Digitalisering och e-hälsa", "RPO Ögonsjukdomar"]
PLACES = ["Växjö", "Västervik", "Eksjö", "Motala", "Norrköping", "Oskarshamn", "Värnamo", "Ljungby"]
NAMES = ["Karin", "Per-Olof", "Åsa", "Mehmet", "Birgitta", "Örjan", "Eva-Lena", "Sofia"]
AREAS = ["Vårdförlopp atopiskt eksem hos barn och vuxna", "Nivåstrukturering av bäckenbottenkirurgi", "Utredning av självskadebeteende",
         "Jämlik tillgång till ljusbehandling", "Levnadsvanor vid kronisk sjukdom", "Personcentrerat och sammanhållet vårdförlopp osteoporos",
         "Kunskapsstöd för primärvården", "Screening för bukaortaaneurysm", "Nationellt kvalitetsregister och uppföljning av data",
         "Behovsanalys inom neuropsykiatri (NPF)", "Antibiotikaresistens/STRAMA", "Obesitas hos barn (NY)"]
ASSIGNMENTS = ["Kartläggning av tillgänglighet till specialiserad vård", "Gemensam upphandling av hjälpmedel 2025–2027",
               "Översyn av jour- och beredskapslinjer", "Utökat samarbete kring sällsynta diagnoser", "Produktions- och kapacitetsplanering",
               "Handlingsplan för kompetensförsörjning", "Införande av digitalt remissflöde (e-remiss)"]
PRIORITIES = ["För att få en jämlik och tillgänglig vård i hela sjukvårdsregionen", "Patientlöfte: ”erbjudas bästa möjliga hälsofrämjande insatser”",
              "Erbjudas diagnostik, behandling och uppföljning enligt bästa kunskap i varje möte", "Patientsäker och kostnadseffektiv läkemedelsbehandling",
              "Få tillgång till patientsäker vård samt vara delaktig och välinformerad genom hela vårdkedjan",
              "Minska oönskad variation mellan kommun- och länssjukvård", "Kortare väntetider till första besök och till åtgärd/operation",
              "Ökad samverkan kring subspecialiserad kirurgi för att säkra volymer och kompetens", "Likvärdiga riktlinjer för munhälsa hos äldre"]
ACTIVITIES = ["Gap-analys genomförs i respektive region och redovisas för processtödet under våren", "Ta fram en sjukvårdsregional lathund",
              "Följa indikatorer i kvalitetsregistret två gånger per år", "Utbildningsdag för ST-läkare och sjuksköterskor i Norrköping",
              "Bevaka det nationella arbetet i NAG och NPO", "RAG-ordförande rapporterar till RPO vid varje ordinarie möte",
              "Arbeta fram beslutsunderlag inför regionsjukvårdsledningen, RSL", "Inventera behov av tele- och videokonsultationer",
              "Samverka med RSG Digitalisering kring behörigheter, loggning och e-tjänster", "Pilotprojekt vid två vårdcentraler per län",
              "Se över remisskriterier så att patienter bedöms på samma sätt oavsett bostadsort", "Ev. gemensam mottagning (ej finansierat)"]
SENTENCES = ["Arbetsgruppen är tillsatt och har haft ett första möte", "Rapporten presenterades för RPO och fick ett positivt mottagande",
             "Enkäten skickades till samtliga verksamhetschefer, svarsfrekvens 78 %", "Avvaktar besked från NPO innan nästa steg tas",
             "Regionerna kompletterar sina gap-analyser, främst gällande bemannings- och lokalfrågor", "Beslut i RSL att gå vidare enligt förslag B",
             "Kostnaden beräknas till 1,4 mnkr per år och region", "Utskick till primärvården via intranätet, se länk i protokollet",
             "Nytt möte planeras efter sommaren (digitalt)", "Remissvar lämnades gemensamt av RÖ, RJL och RKL",
             "Jämförelser i registret visar stora skillnader i uppföljnings- och behandlingstid mellan sjukhusen",
             "Uppdraget är förlängt till och med årsskiftet", "Projektledare saknas fortfarande; frågan lyfts till kunskapsrådet",
             "Pilotprojektet utvärderas av FoU-enheten och vårdutvecklarna", "Dialog förs med IT/e-hälsa om behörigheter",
             "Deltagarna var nöjda och vill ha en uppföljande utbildningsdag", "Införandet är klart i två av tre regioner",
             "Väntetiderna har kortats, men målet på 30 dagar nås inte", "Ingen ny information"]
INSIDE = ["Dispens gäller tom 261231 och kan sedan förlängas", "Konferens i {place} 14-15/5, anmälan senast 30/4", "Svar väntas Q3",
          "Mötet i {place} 17/3 ställdes in", "{name} tar kontakt med sekretariatet", "Budget för 2026 är beslutad", "Kick-off i {place} under v. 37"]
STATUS = ["Pågår enligt plan", "Vilande", "EJ PÅBÖRJAD", "Avvaktar nationellt besked", "Försenat p.g.a. resursbrist", "Slutrapport lämnad", "Beslut väntas i höst"]
LABELS = ["(Barn)", "(Vuxna)", "RÖ", "(Del 1 – kartläggning)", "Jönköping", "Kalmar län", "(Öppenvård)"]
RESULTS = ["Samtliga vårdförlopp är införda i de tre regionerna.", "Tillgängligheten har förbättrats något sedan förra året.",
           "Arbetet med gemensamma riktlinjer har lett till färre remisser mellan sjukhusen.", "Goda resultat i patientenkäten, framför allt gällande delaktighet och information.",
           "Utbildningen hade 145 deltagare från primärvård och länssjukvård."]
CHALLENGES = ["Svårt att rekrytera specialister till de mindre sjukhusen.", "Olika journalsystem försvårar informations- och bilddelning.",
              "Ekonomin begränsar möjligheten att delta i nationella möten.", "Behov av processtöd för RAG-grupperna.", "Otydliga mandat mellan kommun och region."]
HEADINGS = {
    "area": {"national": ["Nationellt insatsområde", "Insatsområde NPO", "Nationellt insatsområde {short}"],
             "assignment": ["Uppdrag från RSL/KR till {short}", "Uppdrag från RSL", "Uppdrag"]},
    "priority": ["Prioriterat område och patientlöften", "Prioriterat område och/eller patientlöften", "Prioriterat område", "Prioriterade områden/patientlöfte"],
    "activities": ["Aktiviteter", "Aktiviteter {short}", "Planerade aktiviteter", "Aktivitet"],
    "follow_up": ["Uppföljning", "Uppföljning:", "Uppföljning och resultat"],
    "status": ["Status", "STATUS", "Status {year}"],
}


def sentence(rng):
    text = rng.choice(SENTENCES + INSIDE)
    return text.format(place=rng.choice(PLACES), name=rng.choice(NAMES))


def dates(rng, year, count):
    """Meetings, in order."""
    days = sorted(rng.sample([(y, m, d) for y in (year - 1, year) for m in (2, 3, 4, 5, 6, 9, 10, 11, 12) for d in (6, 14, 17, 23)], count))
    return [f"{y}-{m:02}-{d:02}" for y, m, d in days]


def written(rng, date, style):
    y, m, d = date.split("-")
    return {"short": y[2:] + m + d, "colon": y[2:] + m + d + ":", "long": y + m + d, "dashes": date, "dashes_colon": date + ":"}[style]


def plan(seed, shape):
    """shape: dict of what the layout can hold (see run.py). Returns a dict that renderers draw, and its answer."""
    rng = random.Random(f"{seed}/plan")
    year = rng.choice([2022, 2023, 2024, 2025, 2026])
    group = rng.choice(GROUPS)
    short = group.split()[0] + " " + "".join(w[0].upper() for w in group.split()[1:] if w != "och")
    titled = rng.random() > 0.1
    title = rng.choice([f"Översiktlig handlingsplan {year}", f"Handlingsplan {year}", f"Översiktlig handlingsplan {year} för {group}"])
    meetings = dates(rng, year, rng.randint(4, 7))
    updated = meetings[-1] if titled and rng.random() > 0.3 else None
    updated_text = rng.choice(["Uppdaterad efter {s}-mötet {d}", "Uppdaterad {l}", "Senast uppdaterad: {l}", "Reviderad {d}"]).format(
        s=short, d=(updated or "").replace("-", ""), l=updated) if updated else None
    form = shape["lights"]
    bare = rng.random() < 0.15
    sections, items = [], []
    kinds = rng.choice([["national", "assignment", "priority"], ["assignment", "priority"], ["national", "priority"], ["priority"], ["national", "assignment"]])
    for kind in kinds:
        columns = {k: rng.choice(HEADINGS[k]) for k in ("priority", "activities", "follow_up", "status")}
        if kind != "priority":
            columns["area"] = rng.choice(HEADINGS["area"][kind])
        columns = {k: v.format(short=short, year=year) for k, v in columns.items()}
        rows = []
        for _ in range(rng.choice([1, 2, 3, 3, 5] + ([8] if shape.get("many") else []))):
            row = item(rng, kind, meetings, form, shape, bare)
            rows.append(row)
            items.append(answer(row, kind))
        sections.append({"kind": kind, "columns": columns, "rows": rows, "title": None})
    results = rng.sample(RESULTS, rng.randint(1, 3)) if rng.random() > 0.4 else []
    challenges = rng.sample(CHALLENGES, rng.randint(1, 3)) if results or rng.random() > 0.7 else []
    gold = {"group": group if titled else None, "title": title if titled else None, "year": year if titled else None, "updated": updated,
            "items": items, "results": " ".join(results), "challenges": " ".join(challenges)}
    if not titled:
        gold["loose_meta"] = True
    return {"group": group, "title": title, "titled": titled, "updated_text": updated_text, "region": "Sydöstra sjukvårdsregionen", "year": year,
            "sections": sections, "results": results, "challenges": challenges, "short": short}, gold


def stop(text):
    return text if text.endswith((".", ")", "?")) else text + "."


def item(rng, kind, meetings, form, shape, bare):
    area = []
    if kind == "national":
        area = [(rng.choice(AREAS), "p")]
    elif kind == "assignment":
        area = [(rng.choice(ASSIGNMENTS), "p")]
    priority = [(rng.choice(PRIORITIES), "p")]
    if kind == "national" and rng.random() < 0.2:
        priority = []
    activities = [(a, "p") for a in rng.sample(ACTIVITIES, rng.randint(1, 2))]
    if rng.random() < 0.4:
        activities += [(a, "b") for a in rng.sample(ACTIVITIES, rng.randint(2, 3))]
    style = rng.choice(["short", "short", "colon", "long", "dashes", "dashes_colon"])
    entries, follow_up = [], []
    if rng.random() < 0.25:
        text = stop(sentence(rng))
        entries.append((None, text)); follow_up.append((text, "p"))
    run_together = rng.random() < 0.3
    for date in sorted(rng.sample(meetings, rng.randint(0 if entries else 1, min(len(meetings), 7 if shape.get("long") else 4)))):
        many = rng.randint(2, 6) if shape.get("long") else rng.randint(1, 2)
        text = " ".join(stop(s) for s in rng.sample([sentence(rng) for _ in range(12)], many))
        if rng.random() < 0.3 and not run_together:
            text = text.rstrip(".")
        points = [stop(sentence(rng)) for _ in range(2)] if rng.random() < 0.15 and not run_together else []
        entries.append((date, " ".join([text] + points)))
        line = f"{written(rng, date, style)} {text}"
        if run_together and follow_up:
            follow_up[-1] = (stop(follow_up[-1][0]) + " " + line, "p")
            last = entries[-2]
            entries[-2] = (last[0], stop(last[1]))
        else:
            follow_up.append((line, "p"))
        follow_up += [(p, "b") for p in points]
    lights, text = [], []
    labels = [label for label in LABELS if form != "words" or label.startswith("(")]
    if not bare:
        kind_of = rng.random()
        if form == "words_only":
            text = [(rng.choice(STATUS), "p")] if kind_of < 0.7 else []
        elif kind_of < 0.55:
            lights = [(rng.choice(["green", "yellow", "red"]), None)]
        elif kind_of < 0.67 and form != "fill":
            lights = [(rng.choice(["green", "yellow", "red"]), rng.choice(labels))]
        elif kind_of < 0.77 and form != "fill":
            a, b = rng.sample(labels, 2)
            lights = [(rng.choice(["green", "yellow"]), a), (rng.choice(["red", "yellow"]), b)]
        elif kind_of < 0.87 and form != "fill":
            lights = [("closed", rng.choice([None, "Avslutad"]))]
        elif kind_of < 0.93:
            text = [(rng.choice(STATUS), "p")]
        if lights and rng.random() < 0.4:
            text = [(rng.choice(STATUS), "p")]
    return {"area": area, "priority": priority, "activities": activities, "follow_up": follow_up, "entries": entries, "lights": lights, "status": text}


def answer(row, kind):
    flat = lambda cell: " ".join(t for t, _ in cell)
    # A light's own name beside it is no label of it.
    labels = [label for light, label in row["lights"] if label and (light, label) != ("closed", "Avslutad")]
    return {"section": kind, "area": flat(row["area"]), "priority": flat(row["priority"]), "activities": flat(row["activities"]),
            "follow_up": [{"date": d, "text": t} for d, t in row["entries"]], "lights": [l for l, _ in row["lights"]],
            "status_text": " ".join(labels + [t for t, _ in row["status"]])}
