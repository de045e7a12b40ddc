using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace AnyFetch.Bench;

/// <summary>Writes a PDF object by object.</summary>
internal sealed class PdfFile
{
    private readonly Stream _file;
    private readonly List<long> _places = [];

    public PdfFile(Stream file)
    {
        _file = file;
        Write("%PDF-1.5\n");
    }

    /// <summary>The number of the object that is added next.</summary>
    public int Next => _places.Count + 1;

    /// <summary>Adds an object; returns its number.</summary>
    public int Add(string content)
    {
        _places.Add(_file.Position);
        Write($"{_places.Count} 0 obj\n{content}\nendobj\n");
        return _places.Count;
    }

    /// <summary>Adds a packed stream with more entries of its dictionary; returns its number.</summary>
    public int AddStream(byte[] content, string entries)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        _places.Add(_file.Position);
        Write($"{_places.Count} 0 obj\n<< {entries} /Filter /FlateDecode /Length {packed.Length} >>\nstream\n");
        packed.WriteTo(_file);
        Write("\nendstream\nendobj\n");
        return _places.Count;
    }

    /// <summary>Writes the table of places; the file is whole then.</summary>
    public void End(int catalog)
    {
        var start = _file.Position;
        var table = new StringBuilder();
        table.Append(CultureInfo.InvariantCulture, $"xref\n0 {Next}\n0000000000 65535 f \n");
        foreach (var place in _places)
        {
            table.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        }

        Write($"{table}trailer\n<< /Size {Next} /Root {catalog} 0 R >>\nstartxref\n{start}\n%%EOF\n");
    }

    private void Write(string text) => _file.Write(Encoding.ASCII.GetBytes(text));
}
