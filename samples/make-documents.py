#!/usr/bin/env python3
"""Writes the binary files of samples/documents (docx, xlsx, pptx, odt, ods, epub, pdf).

The text files beside them are written by hand. Everything describes Atelier Brindille, a wooden toy maker that
does not exist. Run it again after changing a text below: the output is the same for the same input.
"""
import os
import zipfile
from xml.sax.saxutils import escape

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "documents")
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006"
OOX = "application/vnd.openxmlformats-officedocument"


def write_zip(path, parts):
    path = os.path.join(HERE, path)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content.encode("utf-8"))


def relationships(*items):
    inner = "".join(f'<Relationship Id="{i}" Type="{t}" Target="{target}"/>' for i, t, target in items)
    return f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{PKG}/relationships">{inner}</Relationships>'


def types(*overrides):
    inner = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides)
    return ('<?xml version="1.0" encoding="UTF-8"?>'
            f'<Types xmlns="{PKG}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{inner}</Types>')


def core(title, author):
    return ('<?xml version="1.0" encoding="UTF-8"?>'
            f'<cp:coreProperties xmlns:cp="{PKG}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>')


ROOT = relationships(("rId1", f"{REL}/officeDocument", "{main}"),
                     ("rId2", f"{PKG}/relationships/metadata/core-properties", "docProps/core.xml"))
CORE_TYPE = ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")


def docx(path, title, author, lines):
    """Lines: '# heading', '## heading', '| a | b' table rows, or paragraphs; **bold** at the start of a paragraph."""
    body, rows = "", ""
    for line in lines + [""]:
        if line.startswith("|"):
            cells = "".join(f"<w:tc><w:tcPr><w:tcW w:w=\"3000\" w:type=\"dxa\"/></w:tcPr><w:p><w:r><w:t>{escape(c.strip())}</w:t></w:r></w:p></w:tc>"
                            for c in line.strip("|").split("|"))
            rows += f"<w:tr>{cells}</w:tr>"
            continue
        if rows:
            body += f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>{rows}</w:tbl>'
            rows = ""
        level = len(line) - len(line.lstrip("#"))
        style = f'<w:pPr><w:pStyle w:val="Heading{level}"/></w:pPr>' if level else ""
        runs = ""
        for i, piece in enumerate(line.lstrip("# ").split("**")):
            bold = "<w:rPr><w:b/></w:rPr>" if i % 2 else ""
            if piece:
                runs += f'<w:r>{bold}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>'
        body += f"<w:p>{style}{runs}</w:p>" if runs else ""
    main = (f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f"<w:body>{body}<w:sectPr/></w:body></w:document>")
    heading = "".join(f'<w:style w:type="paragraph" w:styleId="Heading{n}"><w:name w:val="heading {n}"/><w:rPr><w:b/><w:sz w:val="{40 - 6 * n}"/></w:rPr></w:style>' for n in (1, 2))
    styles = f'<?xml version="1.0" encoding="UTF-8"?><w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{heading}</w:styles>'
    write_zip(path, [
        ("[Content_Types].xml", types(("/word/document.xml", f"{OOX}.wordprocessingml.document.main+xml"),
                                      ("/word/styles.xml", f"{OOX}.wordprocessingml.styles+xml"), CORE_TYPE)),
        ("_rels/.rels", ROOT.replace("{main}", "word/document.xml")),
        ("docProps/core.xml", core(title, author)),
        ("word/_rels/document.xml.rels", relationships(("rId1", f"{REL}/styles", "styles.xml"))),
        ("word/styles.xml", styles), ("word/document.xml", main)])


def xlsx(path, title, author, sheets):
    """Sheets: (name, rows); numbers stay numbers, ('date', serial) is shown as a date."""
    parts, overrides, links, entries = [], [], [], ""
    for n, (name, rows) in enumerate(sheets, 1):
        data = ""
        for r, row in enumerate(rows, 1):
            cells = ""
            for c, value in enumerate(row):
                ref = f"{chr(65 + c)}{r}"
                if isinstance(value, tuple):
                    cells += f'<c r="{ref}" s="1"><v>{value[1]}</v></c>'
                elif isinstance(value, (int, float)):
                    cells += f'<c r="{ref}"><v>{value}</v></c>'
                else:
                    cells += f'<c r="{ref}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
            data += f'<row r="{r}">{cells}</row>'
        parts.append((f"xl/worksheets/sheet{n}.xml",
                      '<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                      f"<sheetData>{data}</sheetData></worksheet>"))
        overrides.append((f"/xl/worksheets/sheet{n}.xml", f"{OOX}.spreadsheetml.worksheet+xml"))
        links.append((f"rId{n}", f"{REL}/worksheet", f"worksheets/sheet{n}.xml"))
        entries += f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
    links.append(("rId99", f"{REL}/styles", "styles.xml"))
    styles = ('<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
              '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
              '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
              '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
    workbook = ('<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
                f'xmlns:r="{REL}"><sheets>{entries}</sheets></workbook>')
    write_zip(path, [
        ("[Content_Types].xml", types(("/xl/workbook.xml", f"{OOX}.spreadsheetml.sheet.main+xml"),
                                      ("/xl/styles.xml", f"{OOX}.spreadsheetml.styles+xml"), CORE_TYPE, *overrides)),
        ("_rels/.rels", ROOT.replace("{main}", "xl/workbook.xml")), ("docProps/core.xml", core(title, author)),
        ("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relationships(*links)), ("xl/styles.xml", styles), *parts])


def pptx(path, title, author, slides):
    """Slides: (title, [lines])."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    p = f'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="{REL}" {a}'
    tree = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
    parts, overrides, links, ids = [], [], [("rId1", f"{REL}/slideMaster", "slideMasters/slideMaster1.xml")], ""

    def shape(n, kind, y, height, lines):
        text = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
        return (f'<p:sp><p:nvSpPr><p:cNvPr id="{n}" name="{kind} {n}"/><p:cNvSpPr/><p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr>'
                f'<p:spPr><a:xfrm><a:off x="600000" y="{y}"/><a:ext cx="8000000" cy="{height}"/></a:xfrm></p:spPr>'
                f"<p:txBody><a:bodyPr/>{text}</p:txBody></p:sp>")

    for n, (heading, lines) in enumerate(slides, 1):
        content = shape(2, "title", 400000, 1000000, [heading]) + shape(3, "body", 1600000, 4500000, lines)
        parts.append((f"ppt/slides/slide{n}.xml",
                      f'<?xml version="1.0" encoding="UTF-8"?><p:sld {p}><p:cSld><p:spTree>{tree}{content}</p:spTree></p:cSld></p:sld>'))
        parts.append((f"ppt/slides/_rels/slide{n}.xml.rels", relationships(("rId1", f"{REL}/slideLayout", "../slideLayouts/slideLayout1.xml"))))
        overrides.append((f"/ppt/slides/slide{n}.xml", f"{OOX}.presentationml.slide+xml"))
        links.append((f"rId{n + 1}", f"{REL}/slide", f"slides/slide{n}.xml"))
        ids += f'<p:sldId id="{255 + n}" r:id="rId{n + 1}"/>'
    empty = f'<p:cSld><p:spTree>{tree}</p:spTree></p:cSld>'
    colours = 'bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"'
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    write_zip(path, [
        ("[Content_Types].xml", types(
            ("/ppt/presentation.xml", f"{OOX}.presentationml.presentation.main+xml"),
            ("/ppt/slideMasters/slideMaster1.xml", f"{OOX}.presentationml.slideMaster+xml"),
            ("/ppt/slideLayouts/slideLayout1.xml", f"{OOX}.presentationml.slideLayout+xml"), CORE_TYPE, *overrides)),
        ("_rels/.rels", ROOT.replace("{main}", "ppt/presentation.xml")), ("docProps/core.xml", core(title, author)),
        ("ppt/presentation.xml",
         f'{head}<p:presentation {p}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
         f'<p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'),
        ("ppt/_rels/presentation.xml.rels", relationships(*links)),
        ("ppt/slideMasters/slideMaster1.xml",
         f'{head}<p:sldMaster {p}>{empty}<p:clrMap {colours}/><p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst></p:sldMaster>'),
        ("ppt/slideMasters/_rels/slideMaster1.xml.rels", relationships(("rId1", f"{REL}/slideLayout", "../slideLayouts/slideLayout1.xml"))),
        ("ppt/slideLayouts/slideLayout1.xml", f"{head}<p:sldLayout {p}>{empty}</p:sldLayout>"),
        ("ppt/slideLayouts/_rels/slideLayout1.xml.rels", relationships(("rId1", f"{REL}/slideMaster", "../slideMasters/slideMaster1.xml"))),
        *parts])


ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
       'xmlns:dc="http://purl.org/dc/elements/1.1/"')


def opendocument(path, kind, title, author, body):
    mime = f"application/vnd.oasis.opendocument.{kind}"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    entries = "".join(f'<manifest:file-entry manifest:full-path="{p}" manifest:media-type="{m}"/>'
                      for p, m in (("/", mime), ("content.xml", "text/xml"), ("meta.xml", "text/xml")))
    write_zip(path, [
        ("mimetype", mime),
        ("META-INF/manifest.xml", f'{head}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">{entries}</manifest:manifest>'),
        ("meta.xml", f'{head}<office:document-meta {ODF} office:version="1.3"><office:meta><dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator></office:meta></office:document-meta>'),
        ("content.xml", f'{head}<office:document-content {ODF} office:version="1.3"><office:body>{body}</office:body></office:document-content>')])


def odt(path, title, author, lines):
    body = "".join(
        f'<text:h text:outline-level="{len(line) - len(line.lstrip("#"))}">{escape(line.lstrip("# "))}</text:h>' if line.startswith("#")
        else f"<text:p>{escape(line)}</text:p>" for line in lines)
    opendocument(path, "text", title, author, f"<office:text>{body}</office:text>")


def ods(path, title, author, name, rows):
    cells = "".join("<table:table-row>" + "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(str(v))}</text:p></table:table-cell>' for v in row)
        + "</table:table-row>" for row in rows)
    opendocument(path, "spreadsheet", title, author,
                 f'<office:spreadsheet><table:table table:name="{escape(name)}">{cells}</table:table></office:spreadsheet>')


def pdf(path, title, author, pages):
    """Pages: lists of lines in the standard font; a line that starts with '# ' is large."""
    def text(value):
        return value.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")

    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
               "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"]
    kids = ""
    for lines in pages:
        content = "BT 60 780 Td 18 TL\n"
        for line in lines:
            large = line.startswith("# ")
            content += f"/F{2 if large else 1} {17 if large else 11} Tf ({text(line[2:] if large else line)}) Tj T*\n"
        content += "ET"
        length = len(content.encode("cp1252"))
        objects.append(f"<< /Length {length} >>\nstream\n{content}\nendstream")
        objects.append(f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R "
                       "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>")
        kids += f"{len(objects)} 0 R "
    objects[1] = f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"
    objects.append(f"<< /Title ({text(title)}) /Author ({text(author)}) /CreationDate (D:20260105090000Z) >>")
    out, offsets = b"%PDF-1.4\n", []
    for n, value in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{n} 0 obj\n{value}\nendobj\n".encode("cp1252")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{o:010d} 00000 n \n".encode() for o in offsets)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    full = os.path.join(HERE, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as file:
        file.write(out)


def main():
    docx("Contracts/Supply agreement Scierie du Forez.docx", "Supply agreement with Scierie du Forez", "Claire Vasseur", [
        "# Supply agreement", "Between **Atelier Brindille**, 14 rue des Tanneurs, Lyon, and **Scierie du Forez**, Montbrison.",
        "## 1. Goods", "The sawmill delivers beech and maple boards from certified forests, dried to at most nine percent moisture.",
        "| Wood | Price per cubic metre | Lead time", "| Beech | 640 EUR | 3 weeks", "| Maple | 910 EUR | 5 weeks",
        "## 2. Delivery", "Deliveries arrive on Tuesdays before noon at the workshop's rear gate. A late delivery reduces its price by two percent a day.",
        "## 3. Term", "This agreement runs from 1 February 2026 to 31 January 2028. Either side may end it with three months' notice."])
    docx("Contracts/Contrat de maintenance chaudière.docx", "Contrat de maintenance de la chaudière", "Claire Vasseur", [
        "# Contrat de maintenance", "Entre **Atelier Brindille** et **Thermique Rhône**, pour la chaudière à granulés de l'atelier.",
        "## Prestations", "Une visite d'entretien annuelle en septembre, le ramonage, et le dépannage sous vingt-quatre heures en hiver.",
        "## Prix", "Forfait annuel de 480 EUR hors taxes, pièces non comprises. Le contrat est renouvelé chaque année par tacite reconduction."])
    docx("Products/Product sheet Balancing squirrels.docx", "Balancing squirrels", "Tomás Oliveira", [
        "# Balancing squirrels", "A stacking game of twelve beech squirrels for two to five players, from four years.",
        "## Safety", "Tested to EN 71. Water-based paint, rounded edges, no part smaller than 36 mm.",
        "## Care", "Wipe with a damp cloth. Do not soak. Oil the wood once a year with linseed oil.",
        "| Reference | AB-204", "| Weight | 410 g", "| Retail price | 24.90 EUR"])
    xlsx("Finance/Budget 2026.xlsx", "Budget 2026", "Claire Vasseur", [
        ("Costs", [["Item", "Quarter 1", "Quarter 2", "Quarter 3", "Quarter 4"], ["Beech and maple", 11200, 9800, 10400, 15900],
                   ["Paint and oil", 1400, 1250, 1300, 2100], ["Wages", 48000, 48000, 49500, 52000], ["Trade fair Nuremberg", 6800, 0, 0, 0]]),
        ("Income", [["Product", "Units", "Revenue"], ["Balancing squirrels", 5200, 64480], ["Rolling snail", 3100, 40300], ["Abacus", 1800, 39600]]),
        ("Milestones", [["What", "When"], ["Trade fair", ("date", 46050)], ["New lathe installed", ("date", 46127)]])])
    xlsx("Finance/Stock inventory.xlsx", "Stock inventory", "Tomás Oliveira", [
        ("Workshop", [["Material", "Amount", "Unit", "Last count"], ["Beech boards", 3.2, "cubic metres", ("date", 46022)],
                      ["Maple boards", 0.9, "cubic metres", ("date", 46022)], ["Linseed oil", 40, "litres", ("date", 46020)]])])
    pptx("Meetings/Trade fair plan.pptx", "Trade fair plan", "Ines Laurent", [
        ("Nuremberg trade fair 2026", ["Hall 3, stand C-41, shared with Scierie du Forez", "From 27 to 31 January"]),
        ("What we show", ["Balancing squirrels in the new autumn colours", "The rolling snail, first prototype", "A live turning demonstration on the small lathe"]),
        ("Who does what", ["Ines: appointments and price lists", "Tomás: lathe, samples and safety files", "Claire: hotel, van and insurance"])])
    odt("Meetings/Compte rendu réunion de janvier.odt", "Compte rendu de la réunion de janvier", "Inès Laurent", [
        "# Réunion du 12 janvier 2026", "Présents : Claire, Tomás, Inès, Bruno.",
        "## Salon de Nuremberg", "Le stand est réservé. Tomás prépare les échantillons d'écureuils et le petit tour à bois.",
        "## Atelier", "La chaudière fait du bruit depuis Noël ; Claire appelle Thermique Rhône. Le hêtre arrive mardi.",
        "## Cantine", "Bruno propose une soupe de potiron chaque jeudi d'hiver. Adopté à l'unanimité."])
    ods("Canteen/Menu de la semaine.ods", "Menu de la semaine", "Bruno Keller", "Semaine 3", [
        ["Jour", "Plat", "Dessert"], ["Lundi", "Gratin dauphinois", "Compote de pommes"], ["Mardi", "Lentilles du Puy aux carottes", "Yaourt"],
        ["Mercredi", "Risotto aux champignons", "Poire"], ["Jeudi", "Soupe de potiron, tarte salée", "Crème caramel"], ["Vendredi", "Poisson au four", "Salade de fruits"]])
    pdf("Finance/Invoice 2026-017 Librairie Nautilus.pdf", "Invoice 2026-017", "Atelier Brindille", [[
        "# Invoice 2026-017", "Atelier Brindille, 14 rue des Tanneurs, 69001 Lyon", "", "To: Librairie Nautilus, 3 quai de la Fosse, 44000 Nantes",
        "Date: 19 January 2026. Payable within 30 days.", "", "24 x Balancing squirrels (AB-204) at 14.90 EUR: 357.60 EUR",
        "10 x Abacus (AB-110) at 21.00 EUR: 210.00 EUR", "Carriage: 18.50 EUR", "", "Total without tax: 586.10 EUR", "VAT 20 %: 117.22 EUR", "Total: 703.32 EUR"]])
    pdf("Finance/Facture électricité décembre.pdf", "Facture d'électricité de décembre 2025", "Énergies du Confluent", [[
        "# Facture d'électricité", "Énergies du Confluent, Lyon", "", "Client : Atelier Brindille", "Période : du 1er au 31 décembre 2025",
        "Consommation : 1 842 kWh", "Montant hors taxes : 312,40 €", "Montant toutes taxes comprises : 374,88 €", "Prélèvement automatique le 15 janvier 2026."]])
    pdf("Products/Lathe safety manual.pdf", "Safety manual of the small lathe", "Tomás Oliveira", [
        ["# Safety manual: small lathe", "", "1. Wear goggles and a dust mask. Tie back long hair. No gloves, no loose sleeves.",
         "2. Check that the workpiece is centred and that the tool rest is tight.", "3. Begin at the lowest speed, 500 turns a minute."],
        ["# Emergency", "", "The red button on the left stops the spindle in two seconds.", "First-aid kit: on the wall beside the canteen door.",
         "After any accident, tell Claire Vasseur the same day."]])
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    chapter = head + '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>{t}</title></head><body><h1>{t}</h1><p>{b}</p></body></html>'
    write_zip("Products/The squirrel who counted.epub", [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", f'{head}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'),
        ("book.opf", f'{head}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
                     '<dc:identifier id="id">brindille-squirrel</dc:identifier><dc:title>The squirrel who counted</dc:title><dc:creator>Ines Laurent</dc:creator><dc:language>en</dc:language></metadata>'
                     '<manifest><item id="c1" href="one.xhtml" media-type="application/xhtml+xml"/><item id="c2" href="two.xhtml" media-type="application/xhtml+xml"/></manifest>'
                     '<spine><itemref idref="c1"/><itemref idref="c2"/></spine></package>'),
        ("one.xhtml", chapter.format(t="The hollow beech", b="Noisette lived in a hollow beech and counted every nut that fell, twice.")),
        ("two.xhtml", chapter.format(t="The abacus", b="One winter she found a wooden abacus in the snow, and never lost a nut again."))])


main()
