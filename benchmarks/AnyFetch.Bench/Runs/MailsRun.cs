using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace AnyFetch.Bench.Runs;

/// <summary>Mails with two attachments from a directory until the mail and both attachments are found.</summary>
internal static class MailsRun
{
    public static async Task<BenchTable> RunAsync(BenchOptions options, CancellationToken cancellationToken)
    {
        var mails = options.Get("documents", 1_000);
        var directory = Directory.CreateTempSubdirectory("anyfetch-bench-mails-").FullName;
        try
        {
            Write(directory, mails);
            var clock = Stopwatch.StartNew();
            await using var server = await ServerProcess.StartAsync(["up", directory], options, cancellationToken);
            var ready = server.ReadyAfter.TotalSeconds;
            await server.WaitForCountAsync("search=everypartofthemail", mails * 3L, cancellationToken);
            var all = clock.Elapsed.TotalSeconds;
            return new BenchTable($"{mails:#,0} mails with two attachments from a directory to searchable")
                .Add("all searchable after", all, "s")
                .Add("server ready after", ready, "s")
                .Add("mails", mails / (all - ready), "/s", "goal: 60")
                .Add("server CPU", server.CpuSeconds() / all * 100, "%")
                .Add("server CPU per mail", server.CpuSeconds() / mails * 1e6, "us")
                .Add("peak memory", server.PeakMegabytes(), "MB", "goal: under 400");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    internal static void Write(string directory, int mails)
    {
        var text = new SampleText(5);
        for (var n = 0; n < mails; n++)
        {
            var notes = Encode($"everypartofthemail notes\n{text.Text(4_000)}\n");
            var page = Encode($"<html><body><p>everypartofthemail page</p><p>{text.Text(8_000)}</p></body></html>");
            File.WriteAllText(
                Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"mail-{n:D6}.eml")),
                $"""
                From: Ada <ada@example.test>
                To: Bo <bo@example.test>
                Subject: Mail {n}
                Date: Tue, 3 Mar 2026 10:20:30 +0100
                Content-Type: multipart/mixed; boundary=part

                --part

                everypartofthemail {text.Text(1_500)}
                --part
                Content-Type: text/plain
                Content-Disposition: attachment; filename=notes.txt
                Content-Transfer-Encoding: base64

                {notes}
                --part
                Content-Type: text/html
                Content-Disposition: attachment; filename=page.html
                Content-Transfer-Encoding: base64

                {page}
                --part--
                """);
        }
    }

    private static string Encode(string text) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);
}
