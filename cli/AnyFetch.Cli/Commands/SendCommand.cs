using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AnyFetch.Cli.Output;
using AnyFetch.Client;

namespace AnyFetch.Cli.Commands;

/// <summary><c>anyfetch send FILE…</c></summary>
internal static class SendCommand
{
    private static readonly Argument<string[]> s_files = new("FILE")
    {
        Description = "Files to send; '-' is the standard input.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> s_name = new("--name") { Description = "The name of what comes from the standard input." };
    private static readonly Option<string?> s_title = new("--title") { Description = "A title instead of the file's name." };
    private static readonly Option<string?> s_type = new("--type", "-t") { Description = "The document type; default: file." };
    private static readonly Option<bool> s_json = CommonOptions.Json();
    private static readonly Option<string?> s_server = CommonOptions.Server();
    private static readonly Option<string?> s_data = CommonOptions.Data();

    public static Command Create()
    {
        var command = new Command("send", "Send files by hand; sending one again replaces it.")
        {
            s_files, s_name, s_title, s_type, s_json, s_server, s_data,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var profile = CommonOptions.RequireProfile(parse.GetValue(s_server), parse.GetValue(s_data));
        var client = CommonOptions.Connect(profile);
        var sent = new List<SentFile>();
        foreach (var path in parse.GetValue(s_files)!)
        {
            sent.Add(await SendAsync(client, path, parse, cancellationToken).ConfigureAwait(false));
        }

        if (parse.GetValue(s_json))
        {
            Console.WriteLine(JsonSerializer.Serialize([.. sent], CliJson.Default.SentFileArray));
        }
        else
        {
            sent.ForEach(file => Console.WriteLine(file.Error is null ? $"{file.Id}  {file.Path}" : $"failed  {file.Path}: {file.Error}"));
        }

        return sent.All(file => file.Error is null) ? ExitCode.Done : ExitCode.Failed;
    }

    private static async Task<SentFile> SendAsync(
        AnyFetchClient client,
        string path,
        ParseResult parse,
        CancellationToken cancellationToken)
    {
        var isInput = path == "-";
        if (!isInput && !File.Exists(path))
        {
            return new SentFile(path, null, "no such file");
        }

        var full = isInput ? parse.GetValue(s_name) ?? "input.txt" : Path.GetFullPath(path);
        try
        {
            var document = await client.Documents.PostAsync(
                new DocumentDraft
                {
                    Identifier = string.Create(CultureInfo.InvariantCulture, $"send:{Environment.MachineName}:{full}"),
                    // What a hydrater made of an earlier content must not keep it from reading this one.
                    DocumentType = parse.GetValue(s_type) ?? "file",
                    Metadata = new JsonObject
                    {
                        ["title"] = parse.GetValue(s_title) ?? Path.GetFileName(full),
                        ["path"] = full,
                    },
                    ModificationDate = isInput ? null : new DateTimeOffset(File.GetLastWriteTimeUtc(full)),
                },
                cancellationToken).ConfigureAwait(false);
            await client.Documents.UploadFileAsync(
                DocumentRef.ById(document.Id), isInput ? FromInput(full) : DocumentFile.FromPath(full), cancellationToken)
                .ConfigureAwait(false);
            return new SentFile(path, document.Id, null);
        }
        catch (AnyFetchException e) when (e.Status is not (System.Net.HttpStatusCode.Unauthorized or System.Net.HttpStatusCode.Forbidden))
        {
            return new SentFile(path, null, e.Message);
        }
    }

    private static DocumentFile FromInput(string name) => new()
    {
        Name = Path.GetFileName(name),
        Open = _ => ValueTask.FromResult(Console.OpenStandardInput()),
    };
}

/// <summary>What became of one file.</summary>
internal sealed record SentFile(string Path, string? Id, string? Error);
