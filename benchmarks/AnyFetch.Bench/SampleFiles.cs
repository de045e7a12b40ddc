using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace AnyFetch.Bench;

/// <summary>Files of the kinds that people keep, each with the word "everyfilehasthisword".</summary>
internal sealed class SampleFiles(string directory, int seed)
{
    private const string Word = "everyfilehasthisword";
    private const int FilesPerFolder = 200;
    private const int CharactersPerPage = 2_700;
    private const int CharactersPerLine = 75;
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly SampleText _text = new(seed);
    private int _files;

    /// <summary>What the names of the files begin with.</summary>
    public string Prefix { get; init; } = "file-";

    /// <summary>A Word document; a page of print holds about 2,700 characters.</summary>
    public void WriteDocx(int pages)
    {
        var body = new StringBuilder($"<w:p><w:r><w:t>{Word}</w:t></w:r></w:p>");
        for (var paragraph = 0; paragraph < pages * 6; paragraph++)
        {
            body.Append($"<w:p><w:r><w:t>{_text.Text(CharactersPerPage / 6)}.</w:t></w:r></w:p>");
        }

        using var zip = ZipFile.Open(NewPath("docx"), ZipArchiveMode.Create);
        Add(zip, "[Content_Types].xml", """
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Override PartName="/word/document.xml"
            ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>
            """);
        Add(zip, "_rels/.rels", $"""
            <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="rId1" Type="{Relations}/officeDocument" Target="word/document.xml"/></Relationships>
            """);
        Add(zip, "word/document.xml", $"""
            <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>
            """);
    }

    /// <summary>A PDF of printed pages with a picture of noise on each, which makes it as long as reports are.</summary>
    public string WritePdf(int pages, int pictureBytes)
    {
        var path = NewPath("pdf");
        using var file = new FileStream(path, FileMode.CreateNew);
        var pdf = new PdfFile(file);
        var font = pdf.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        var side = (int)Math.Sqrt(pictureBytes);
        var noise = new byte[side * side];
        new Random(_files).NextBytes(noise);
        var picture = pdf.AddStream(
            noise, $"/Type /XObject /Subtype /Image /Width {side} /Height {side} /ColorSpace /DeviceGray /BitsPerComponent 8");
        var kids = Enumerable.Range(0, pages).Select(page => (Page: page, Content: pdf.AddStream(PageContent(page), ""))).ToList();
        var parent = pdf.Next + kids.Count;
        var refs = kids.Select(kid => pdf.Add(
            $"<< /Type /Page /Parent {parent} 0 R /MediaBox [0 0 595 842] /Contents {kid.Content} 0 R /Resources << /Font << /F {font} 0 R >> "
            + $"/XObject << /I {picture} 0 R >> >> >>")).ToList();
        pdf.Add($"<< /Type /Pages /Count {pages} /Kids [{string.Join(' ', refs.Select(r => $"{r} 0 R"))}] >>");
        pdf.End(pdf.Add($"<< /Type /Catalog /Pages {parent} 0 R >>"));
        return path;
    }

    /// <summary>A small PDF of one page that draws a form that draws a form twenty times, and so on: no tool comes to its end.</summary>
    public string WriteEndlessPdf()
    {
        const int Depth = 12;
        var path = NewPath("pdf");
        using var file = new FileStream(path, FileMode.CreateNew);
        var pdf = new PdfFile(file);
        var font = pdf.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        var form = pdf.AddStream(
            Encoding.ASCII.GetBytes($"BT /F 9 Tf ({_text.Word()}) Tj ET"),
            $"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F {font} 0 R >> >>");
        var often = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("/X Do\n", 20)));
        for (var depth = 0; depth < Depth; depth++)
        {
            form = pdf.AddStream(
                often, $"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X {form} 0 R >> >>");
        }

        var content = pdf.AddStream(often, "");
        var page = pdf.Next;
        pdf.Add($"<< /Type /Page /Parent {page + 1} 0 R /MediaBox [0 0 595 842] /Contents {content} 0 R "
            + $"/Resources << /XObject << /X {form} 0 R >> >> >>");
        pdf.Add($"<< /Type /Pages /Count 1 /Kids [{page} 0 R] >>");
        pdf.End(pdf.Add($"<< /Type /Catalog /Pages {page + 1} 0 R >>"));
        return path;
    }

    /// <summary>A photo of 12 megapixels, drawn once by vips; copies differ in what stands behind the picture.</summary>
    public async Task WritePhotosAsync(int count, CancellationToken cancellationToken)
    {
        var work = Directory.CreateTempSubdirectory("anyfetch-bench-photo-").FullName;
        await RunAsync("vips", ["gaussnoise", $"{work}/1.v", "1000", "750", "--mean", "128", "--sigma", "60"], cancellationToken);
        await RunAsync("vips", ["resize", $"{work}/1.v", $"{work}/2.v", "4"], cancellationToken);
        await RunAsync("vips", ["cast", $"{work}/2.v", $"{work}/3.v", "uchar"], cancellationToken);
        await RunAsync("vips", ["bandjoin", $"{work}/3.v {work}/3.v {work}/3.v", $"{work}/4.v"], cancellationToken);
        await RunAsync("vips", ["copy", $"{work}/4.v", $"{work}/photo.jpg[Q=85]", "--interpretation", "srgb"], cancellationToken);
        var photo = await File.ReadAllBytesAsync($"{work}/photo.jpg", cancellationToken);
        Directory.Delete(work, recursive: true);
        for (var n = 0; n < count; n++)
        {
            await File.WriteAllBytesAsync(NewPath("jpg"), [.. photo, .. BitConverter.GetBytes(n)], cancellationToken);
        }
    }

    /// <summary>A text, a web page or a Markdown note, by turns.</summary>
    public string WriteText(int characters)
    {
        var text = $"{Word} {_text.Text(characters)}";
        var (extension, content) = (_files % 3) switch
        {
            0 => ("txt", text + "\n"),
            1 => ("html", $"<!DOCTYPE html><html><head><title>{_text.Word()}</title></head><body><p>{text}</p></body></html>"),
            _ => ("md", $"# {_text.Word()}\n\n{text}\n"),
        };
        var path = NewPath(extension);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>Runs a program that has to succeed.</summary>
    public static async Task RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await Task.WhenAll(
            process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken),
            process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        }
    }

    private byte[] PageContent(int page)
    {
        var content = new StringBuilder("q 120 0 0 120 420 700 cm /I Do Q BT /F 9 Tf 40 680 Td 12 TL\n");
        content.Append(CultureInfo.InvariantCulture, $"({Word} page {page + 1}) Tj T*\n");
        for (var line = 0; line < CharactersPerPage / CharactersPerLine; line++)
        {
            content.Append(CultureInfo.InvariantCulture, $"({_text.Text(CharactersPerLine)}) Tj T*\n");
        }

        return Encoding.ASCII.GetBytes(content.Append("ET").ToString());
    }

    private string NewPath(string extension)
    {
        var folder = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"folder-{_files / FilesPerFolder:D3}"));
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{_files++:D6}.{extension}"));
    }

    private static void Add(ZipArchive zip, string name, string content)
    {
        using var part = new StreamWriter(zip.CreateEntry(name).Open());
        part.Write(content);
    }
}
