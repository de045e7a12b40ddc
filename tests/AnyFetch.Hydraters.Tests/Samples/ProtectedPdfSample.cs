using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AnyFetch.Hydraters.Tests.Samples;

/// <summary>
/// PDFs that anybody opens and nobody may print or copy (PDF 1.4, 3.5 "Encryption", revision 2): encrypted under the empty
/// user password, with all permissions withheld.
/// </summary>
internal static class ProtectedPdfSample
{
    private const int NoPermissions = -64;
    private const int ContentObject = 4;

    private static readonly byte[] s_padding = Convert.FromHexString("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A");

    internal static byte[] Of(string text)
    {
        var owner = new byte[32];
        var id = new byte[16];
        var permissions = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(permissions, NoPermissions);
        var key = Md5([.. s_padding, .. owner, .. permissions, .. id])[..5];
        var content = Encoding.Latin1.GetString(Rc4(Md5([.. key, ContentObject, 0, 0, 0, 0])[..10], Encoding.Latin1.GetBytes($"BT /F1 12 Tf 50 780 Td ({text}) Tj ET")));
        return PdfSample.Assemble(
            [
                "<< /Type /Catalog /Pages 2 0 R >>",
                "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
                string.Create(CultureInfo.InvariantCulture, $"<< /Length {content.Length} >>\nstream\n{content}\nendstream"),
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
                "<< >>",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<< /Filter /Standard /V 1 /R 2 /O <{Convert.ToHexString(owner)}> /U <{Convert.ToHexString(Rc4(key, s_padding))}> /P {NoPermissions} >>"),
            ],
            6,
            $" /Encrypt 7 0 R /ID [<{Convert.ToHexString(id)}><{Convert.ToHexString(id)}>]");
    }

#pragma warning disable CA5351 // The format asks for it.
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
#pragma warning restore CA5351

    private static byte[] Rc4(byte[] key, byte[] bytes)
    {
        var state = Enumerable.Range(0, 256).ToArray();
        for (int i = 0, j = 0; i < 256; i++)
        {
            j = (j + state[i] + key[i % key.Length]) & 0xff;
            (state[i], state[j]) = (state[j], state[i]);
        }

        var output = new byte[bytes.Length];
        for (int n = 0, i = 0, j = 0; n < bytes.Length; n++)
        {
            i = (i + 1) & 0xff;
            j = (j + state[i]) & 0xff;
            (state[i], state[j]) = (state[j], state[i]);
            output[n] = (byte)(bytes[n] ^ state[(state[i] + state[j]) & 0xff]);
        }

        return output;
    }
}
