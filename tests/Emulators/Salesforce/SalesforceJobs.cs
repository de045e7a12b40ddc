using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Salesforce;

/// <summary>The query jobs of one emulated organisation (Bulk API 2.0): results as CSV, in parts, in the order of ids.</summary>
public sealed class SalesforceJobs
{
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>How often a job is asked for before it is done.</summary>
    public int PollsUntilDone { get; set; } = 1;

    /// <summary>The state that jobs end in.</summary>
    public string EndState { get; set; } = "JobComplete";

    /// <summary>Whether the account may make no jobs.</summary>
    public bool IsForbidden { get; set; }

    /// <summary>What happens to results on their way.</summary>
    public Func<string, string> Damage { get; set; } = csv => csv;

    /// <summary>How many jobs there are.</summary>
    public int Count => _jobs.Count;

    /// <summary>How many were ever made.</summary>
    public int Made => _made;

    /// <summary>Forgets all jobs, as Salesforce does after seven days.</summary>
    public void Clear() => _jobs.Clear();

    /// <summary>Makes a job of rows that were found.</summary>
    internal JsonObject Add(string type, IReadOnlyList<string> fields, IReadOnlyList<JsonObject> rows, string now)
    {
        var id = "7505g00000" + Interlocked.Increment(ref _made).ToString("d5", CultureInfo.InvariantCulture) + "AAA";
        return Describe(_jobs[id] = new Job(id, type, fields, rows, now));
    }

    internal async Task<bool> AnswerAsync(HttpContext http, string[] parts)
    {
        if (!_jobs.TryGetValue(parts[0], out var job))
        {
            return false;
        }

        if (parts is [_, "results"])
        {
            await ResultsAsync(http, job);
            return true;
        }

        switch (http.Request.Method)
        {
            case "DELETE" when job.State is "UploadComplete" or "InProgress":
                http.Response.StatusCode = 400;
                return true;
            case "DELETE":
                _jobs.TryRemove(job.Id, out _);
                http.Response.StatusCode = 204;
                return true;
            case "PATCH":
                job.State = "Aborted";
                break;
            default:
                job.Advance(PollsUntilDone, EndState);
                break;
        }

        await http.Response.WriteAsJsonAsync(Describe(job));
        return true;
    }

    // A locator is a pseudo-random text, and the word null when there is no more.
    private async Task ResultsAsync(HttpContext http, Job job)
    {
        if (job.State != "JobComplete")
        {
            http.Response.StatusCode = 412;
            return;
        }

        var locator = http.Request.Query["locator"].ToString();
        var start = locator.Length == 0
            ? 0
            : int.Parse(Encoding.ASCII.GetString(Convert.FromBase64String(locator)), CultureInfo.InvariantCulture);
        var asked = int.Parse(http.Request.Query["maxRecords"].ToString(), CultureInfo.InvariantCulture);
        var part = job.Rows.Skip(start).Take(asked).ToList();
        var end = start + part.Count;
        http.Response.ContentType = "text/csv";
        http.Response.Headers["Sforce-NumberOfRecords"] = part.Count.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Sforce-Locator"] = end >= job.Rows.Count
            ? "null"
            : Convert.ToBase64String(Encoding.ASCII.GetBytes(end.ToString(CultureInfo.InvariantCulture)));
        var csv = new StringBuilder(string.Join(',', job.Fields.Select(Quote))).Append('\n');
        foreach (var row in part)
        {
            csv.AppendJoin(',', job.Fields.Select(field => Quote(Cell(row, field)))).Append('\n');
        }

        await http.Response.WriteAsync(Damage(csv.ToString()));
    }

    // Where queries answer 2026-01-31T12:00:00.000+0000, results hold a Z, and lines end as the job asked for.
    private static string Cell(JsonObject row, string field)
    {
        JsonNode? value = row;
        foreach (var name in field.Split('.'))
        {
            value = (value as JsonObject)?[name];
        }

        var text = value?.ToString() ?? "";
        return text.EndsWith(".000+0000", StringComparison.Ordinal)
            ? text[..^5] + "Z"
            : text.Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static string Quote(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static JsonObject Describe(Job job) => new()
    {
        ["id"] = job.Id,
        ["operation"] = "query",
        ["object"] = job.Type,
        ["createdDate"] = job.Created,
        ["state"] = job.State,
        ["contentType"] = "CSV",
        ["apiVersion"] = 60.0,
        ["lineEnding"] = "LF",
        ["columnDelimiter"] = "COMMA",
    };

    private sealed class Job(
        string id, string type, IReadOnlyList<string> fields, IReadOnlyList<JsonObject> rows, string created)
    {
        private int _polls;

        public string Id => id;

        public string Type => type;

        public IReadOnlyList<string> Fields => fields;

        public IReadOnlyList<JsonObject> Rows => rows;

        public string Created => created;

        public string State { get; set; } = "UploadComplete";

        public void Advance(int pollsUntilDone, string endState)
        {
            if (State is "UploadComplete" or "InProgress")
            {
                State = ++_polls > pollsUntilDone ? endState : "InProgress";
            }
        }
    }
}
