"""Small files of every kind that comes in, made here: nothing binary is kept."""

import io
import struct
import zipfile

import xlsxwriter

ROWS = [
    ["id", "title", "price", "image_link"],
    ["w1", "ساعة رولكس", "370 AED", "https://x.example/1.jpg"],
    ["w2", "Cup & saucer", "12.50", ""],
]
CSV = "\r\n".join(",".join(row) for row in ROWS).encode()
SHOPIFY = (
    b"Handle,Title,Body (HTML),Vendor,Type,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,"
    b"Variant Price,Variant Compare At Price,Image Src,Image Position,Variant Image,Status\n"
    b'shirt,Shirt,"<p>Soft</p><ul><li>Cotton</li></ul>",Acme,Tops,true,Size,S,A-S,3,36.00,40,https://x.example/2.jpg,2,,active\n'
    b"shirt,,,,,,,M,A-M,0,38.00,,https://x.example/1.jpg,1,https://x.example/m.jpg,\n"
    b"cup,Cup,,Acme,Home,false,Title,Default Title,C-1,,9,,,,,draft\n"
)
WOOCOMMERCE = (
    b'ID,Type,SKU,Name,Published,"Visibility in catalog",Description,"In stock?",Stock,"Sale price","Regular price",'
    b'Categories,Images,Parent,"Attribute 1 name","Attribute 1 value(s)"\n'
    b'9,variable,H,Hoodie,1,visible,"Warm\\nand <b>soft</b>",1,,,,"Clothing > Hoodies, New\\, hot",'
    b'"https://x.example/1.jpg, https://x.example/2.jpg",,Colour,"Blue, Red"\n'
    b"10,variation,H-B,Hoodie - Blue,1,visible,,1,5,40,45,,,id:9,Colour,Blue\n"
    b"11,simple,,Cap,-1,visible,,0,,,18,,,,,\n"
)
WIX = (
    b"handleId,fieldType,name,description,productImageUrl,collection,sku,price,surcharge,visible,discountMode,"
    b"discountValue,inventory,productOptionName1,productOptionDescription1,productOptionName2,productOptionDescription2\n"
    b"p1,Product,Silver ring,<p>Sterling</p>,a_1.jpg;https://x.example/2.jpg,All Products;Rings;New,RING,200,,true,"
    b"PERCENT,10,InStock,Size,6;7,Colour,#ff0000:Red;#000:Black\n"
    b"p1,Variant,,,,,R-6,,0,true,,,5,,6,,Red\n"
    b"p1,Variant,,,,,R-7,,20,true,,,0,,7,,#000:Black\n"
    b"p2,Product,Chain,,,Chains,CH,1500,,false,AMOUNT,100,3,,,,\n"
    b"p3,Product,Scarf,,,,,60,,true,,,OutOfStock,Colour,#fff:White;#f0f:Pink,,\n"
)
SQUARE = (
    b"Token,Item Name,Variation Name,SKU,Description,Categories,Reporting Category,GTIN,Square Online Item Visibility,"
    b"Price,Online Sale Price,Archived,Sellable,Stockable,Option Name 1,Option Value 1,Option Name 2,Option Value 2,"
    b"Current Quantity Main Shop,New Quantity Main Shop,Tax - VAT (5%)\n"
    b"T1,Latte,Small,LAT-S,Nice,DRINKS > ESPRESSO,ESPRESSO,,visible,3.50,,N,Y,Y,,,,,,,Y\n"
    b"T2,Latte,Large,LAT-L,Nice,DRINKS > ESPRESSO,ESPRESSO,,visible,4.50,,N,Y,Y,,,,,,,Y\n"
    b"T3,Mug,Regular,MUG,,Home,Home,,hidden,12,,Y,Y,Y,,,,,4,,Y\n"
    b'T4,Tee,"S, Red",TS,,Tops,Tops,,visible,20,,N,Y,Y,Size,S,Colour,Red,4,,Y\n'
    b'T5,Tee,"L, Red",TL,,Tops,Tops,,visible,22,,N,Y,Y,Size,L,Colour,Red,0,,Y\n'
)
PAGE = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8"></head><body><table><tr>'
    '<td>menu</td></tr></table><table border="1"><thead><tr><th colspan="3">قائمة الأسعار</th></tr><tr><th>الكود</th>'
    "<th>الاسم</th><th>السعر</th></tr></thead><tbody><tr><td>w1</td>"
    "<td>قهوة &amp; <b>هيل</b><br>فاخرة</td><td>25.00</td></tr>"
    "<tr><td>w2<td>شاي<td>10</tr></tbody></table></body></html>"
).encode()
EXCEL_XML = (
    '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">\n'
    '<Styles><Style ss:ID="s62"><Font ss:Bold="1"/></Style></Styles><Worksheet ss:Name="List" ss:RightToLeft="1">'
    '<Table ss:ExpandedColumnCount="4"><Column ss:Width="90"/>'
    '<Row ss:Index="2"><Cell><Data ss:Type="String">id</Data></Cell><Cell><Data ss:Type="String">title</Data></Cell>'
    '<Cell><Data ss:Type="String">price</Data></Cell><Cell><Data ss:Type="String">category</Data></Cell></Row>'
    '<Row><Cell ss:StyleID="s62"><Data ss:Type="String">w1</Data></Cell>'
    '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>ساعة</B> رولكس</ss:Data></Cell>'
    '<Cell ss:Formula="=1+1"><Data ss:Type="Number">3.7000000000000002E2</Data></Cell>'
    '<Cell ss:MergeDown="1"><Data ss:Type="String">Watches</Data><Comment><ss:Data>old</ss:Data></Comment></Cell></Row>'
    '<Row ss:Span="1"><Cell><Data ss:Type="String">w2</Data></Cell>'
    '<Cell ss:MergeAcross="1"><Data ss:Type="String">Cup &amp; saucer&#10;blue</Data></Cell><Cell/></Row>'
    '<Row><Cell ss:Index="2"><Data ss:Type="String">Jug</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell>'
    '<Cell><Data ss:Type="DateTime">2026-02-10T00:00:00.000</Data></Cell></Row></Table></Worksheet>'
    '<Worksheet ss:Name="Old"><Table><Row><Cell><Data ss:Type="String">title</Data></Cell></Row></Table>'
    "<WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>"
).encode()
RSS = (
    '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:g="http://base.google.com/ns/1.0" version="2.0"><channel>'
    "<title>Shop</title><item><g:id>w1</g:id><title>Old</title><g:title>ساعة &amp; عطر</g:title>"
    "<description><![CDATA[<p>Two</p><p>lines</p>]]></description><g:price>10.00 USD</g:price>"
    "<g:additional_image_link>https://x.example/2.jpg</g:additional_image_link>"
    "<g:additional_image_link>https://x.example/3.jpg</g:additional_image_link>"
    "<g:shipping><g:country>AE</g:country><g:price>5 AED</g:price></g:shipping></item>"
    "<item><g:id>w2</g:id><g:title>Cup & saucer</g:title></item></channel></rss>"
).encode()
JSON = (
    '{"products": [{"id": 7, "name": "ساعة", "price": {"amount": 12.5, "currency": "AED"}, "images": '
    '[{"src": "https://x.example/1.jpg"}], "active": true}, {"id": 8, "name": "Cup", "tags": ["a", "b"]}]}'
).encode()
VCARD = """BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D8=B9=D9=84=D9=8A;=D9=86=\r
=D9=88=D8=B1=D8=A9;;;\r
TEL;CELL;PREF:+971501234567\r
NOTE;CHARSET=windows-1256;ENCODING=QUOTED-PRINTABLE:=E3=D1=CD=C8=C7\r
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD\r
 CAgICAgQDAgICAgUEBAMEBgUGBgYF\r
\r
END:VCARD\r
BEGIN:VCARD
VERSION:3.0
FN:ريم\\, الورد
item1.TEL;type=CELL;waid=971502223333:+971 50 222 3333
item1.X-ABLabel:_$!<Other>!$_
BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-14
AGENT:BEGIN:VCARD\\nFN:Helper\\nEND:VCARD
NOTE:long \\n text
  that goes on
END:VCARD
""".encode()
CONTACTS = """First Name,Last Name,Birthday,Notes,Labels,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,City
Noura,Ali,1990-05-14,likes roses,* myContacts ::: VIP,n@x.ae,Mobile,+971 50 123 4567 ::: 04 222 3344,Dubai
ريم,,,ملاحظة,,,,9.7155E+11,
""".encode()


def xlsx(rows=ROWS):
    """Return a workbook of Excel, of those parts alone that hold what it says."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("List")
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    parts = parts_of(out.getvalue())
    return zipped({name: part for name, part in parts.items() if not name.startswith(("docProps/", "xl/theme/"))})


def ods(rows=ROWS):
    """Return a workbook of LibreOffice, with the million empty rows that it writes."""
    return ods_of("".join(ods_row("".join(map(ods_cell, row)) + ods_cell("", 16_000)) for row in rows))


def ods_of(rows):
    office = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{office}office:1.0" xmlns:table="{office}table:1.0" '
        f'xmlns:text="{office}text:1.0"><office:body><office:spreadsheet><table:table table:name="List">'
        f"{rows}{ods_row(ods_cell('', 16_384), 1_048_000)}"
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry '
        f'manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>'
    )
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content})


def ods_cell(text, times=1):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    said = f' office:value-type="string"><text:p>{escaped}</text:p></table:table-cell>' if text else "/>"
    return f'<table:table-cell table:number-columns-repeated="{times}"{said}'


def ods_row(cells, times=1):
    return f'<table:table-row table:number-rows-repeated="{times}">{cells}</table:table-row>'


def xls(rows=ROWS):
    """Return a workbook of Excel 97: one stream of records (BIFF8) in a file that is a file system (CFB)."""

    def record(kind, body):
        return struct.pack("<HH", kind, len(body)) + body

    def text(cell):
        return struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")

    def begin(kind):
        return record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0x600))

    cells = b"".join(
        record(0x204, struct.pack("<HHH", y, x, 0) + text(cell))
        for y, row in enumerate(rows)
        for x, cell in enumerate(row)
    )
    end = record(0x0A, b"")
    name = struct.pack("<BB", 4, 0) + b"List"
    place = len(begin(5)) + 4 + 6 + len(name) + len(end)
    stream = begin(5) + record(0x85, struct.pack("<IH", place, 0) + name) + end + begin(0x10) + cells + end
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    fat = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)

    def entry(title, kind, child, start, size):
        written = title.encode("utf-16-le")
        return (
            written.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(written) + 2 if title else 0, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    folder = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream))
    table = b"".join(struct.pack("<I", each) for each in fat).ljust(512, b"\xff")
    return header + struct.pack("<I", 0) + b"\xff" * 432 + table + folder.ljust(512, b"\0") + stream


def zipped(parts):
    """Return an archive of these texts by their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def parts_of(archive):
    """Return the parts of an archive by their names."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
