using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace AnyFetch.Emulators.Salesforce;

/// <summary>
/// A Salesforce organisation with one user, over real HTTP, made after its published reference: OAuth 2 without a told
/// expiry, queries in batches, descriptions by what may be seen, deletions of a span of time, and the errors of each.
/// </summary>
public sealed class SalesforceEmulator : SourceEmulator, IEmulator<SalesforceEmulator>
{
    public const string ConsumerKey = "3MVG9sfkey0123456789";
    public const string ConsumerSecret = "sfsecret0123456789";
    public const string OrganizationId = "00D5g000001AAAAEA4";
    public const string UserId = "0055g000009BBBBAA2";
    public const string Username = "ann@acme.test";

    private const int AccessSeconds = 7200;
    private const int DeletedDays = 15;
    private const string Data = "services/data/v60.0/";
    private const string DateForm = "yyyy-MM-ddTHH:mm:ss.fff";

    private SalesforceEmulator(TimeProvider time, string url)
        : base(time, url)
    {
        Records = new SalesforceRecords(time);
        Grants = new OAuthGrants(time, AccessSeconds)
        {
            AccessPrefix = "00D5g!", TellsExpiry = false, Members = _ => Granted(),
        };
    }

    public SalesforceRecords Records { get; }

    /// <summary>Query jobs.</summary>
    public SalesforceJobs Jobs { get; } = new();

    public override OAuthGrants Grants { get; }

    /// <summary>The most records of one answer, however many are asked for.</summary>
    public int BatchRecordsMax { get; set; } = 2000;

    /// <summary>Since when deletions are known; null for as long as there are any.</summary>
    public DateTimeOffset? EarliestDeletion { get; set; }

    /// <summary>The organisation's address as answers to the consent tell it; null for this emulator's.</summary>
    public string? InstanceUrl { get; set; }

    protected override (string Id, string Secret) Application => (ConsumerKey, ConsumerSecret);

    public static Task<SalesforceEmulator> StartAsync(TimeProvider? time = null, string url = "http://127.0.0.1:0") =>
        StartAsync(new SalesforceEmulator(time ?? TimeProvider.System, url));

    protected override async Task AnswerAsync(HttpContext http, EmulatedCall call)
    {
        switch (call.Path)
        {
            case "services/oauth2/authorize":
                Authorize(http);
                return;
            case "services/oauth2/token":
                await TradeAsync(http, call);
                return;
            case "services/oauth2/revoke":
                http.Response.StatusCode = Grants.Revoke(Form(call)["token"]) ? 200 : 400;
                return;
        }

        if (!Grants.IsGood(call.Token))
        {
            await RefuseAsync(http, 401, "INVALID_SESSION_ID");
        }
        else if (call.Path.StartsWith(Data, StringComparison.Ordinal))
        {
            await DataAsync(http, call, call.Path[Data.Length..].TrimEnd('/').Split('/'));
        }
        else
        {
            await RefuseAsync(http, 404, "NOT_FOUND");
        }
    }

    private Task DataAsync(HttpContext http, EmulatedCall call, string[] parts) => parts switch
    {
        ["jobs", "query"] => MakeJobAsync(http, call),
        ["jobs", "query", .. var job] => JobAsync(http, job),
        ["query"] => QueryAsync(http, http.Request.Query["q"].ToString()),
        ["sobjects", "User", UserId] => http.Response.WriteAsJsonAsync(
            new JsonObject { ["attributes"] = new JsonObject { ["type"] = "User" }, ["Username"] = Username }),
        ["sobjects", var type, "describe"] => DescribeAsync(http, type),
        ["sobjects", var type, "deleted"] => DeletedAsync(http, type),
        ["sobjects", _, var id, "Body" or "VersionData"] => BodyAsync(http, id),
        _ => RefuseAsync(http, 404, "NOT_FOUND"),
    };

    private Task QueryAsync(HttpContext http, string text)
    {
        var query = SalesforceQuery.Parse(text);
        if (Refusal(query) is { } code)
        {
            return RefuseAsync(http, 400, code);
        }

        var found = query!.Run(Records.Of(query.Type));
        if (query.Counts)
        {
            return http.Response.WriteAsJsonAsync(
                new JsonObject { ["totalSize"] = found.Count, ["done"] = true, ["records"] = new JsonArray() });
        }

        var batch = found.Take(BatchRecordsMax).Select(row => (JsonNode)Describe(row, query.Fields)).ToArray();
        var answer = new JsonObject
        {
            ["totalSize"] = found.Count, ["done"] = batch.Length == found.Count, ["records"] = new JsonArray(batch),
        };
        if (batch.Length < found.Count)
        {
            answer["nextRecordsUrl"] = $"/{Data}query/01g5g00000AAAAA-{batch.Length}";
        }

        return http.Response.WriteAsJsonAsync(answer);
    }

    private string? Refusal(SalesforceQuery? query) => query switch
    {
        null => "MALFORMED_QUERY",
        _ when Records.Hidden.Contains(query.Type) => "INVALID_TYPE",
        _ when query.Fields.Any(field => Records.Hidden.Contains(query.Type + "." + field)
            || Records.Hidden.Contains(field.Split('.')[0])) => "INVALID_FIELD",
        _ => null,
    };

    // A job sees what there is when it is made.
    private Task MakeJobAsync(HttpContext http, EmulatedCall call)
    {
        var asked = JsonNode.Parse(call.Argument)!;
        var query = SalesforceQuery.Parse((string?)asked["query"] ?? "");
        var code = Refusal(query) ?? (query!.IsOrdered || query.Counts ? "API_ERROR" : null);
        if (Jobs.IsForbidden || code is not null)
        {
            return RefuseAsync(http, Jobs.IsForbidden ? 403 : 400, code ?? "API_DISABLED_FOR_ORG");
        }

        var rows = query!.Run(Records.Of(query.Type)).OrderBy(row => row.Id, StringComparer.Ordinal)
            .Select(row => Describe(row, query.Fields)).ToList();
        return http.Response.WriteAsJsonAsync(Jobs.Add(query.Type, query.Fields, rows, Date(Time.GetUtcNow())));
    }

    private async Task JobAsync(HttpContext http, string[] parts)
    {
        if (!await Jobs.AnswerAsync(http, parts))
        {
            await RefuseAsync(http, 404, "NOT_FOUND");
        }
    }

    private JsonObject Describe(SalesforceRow row, IReadOnlyList<string> fields)
    {
        var record = new JsonObject { ["attributes"] = new JsonObject { ["type"] = row.Type } };
        foreach (var field in fields)
        {
            if (field.Split('.') is [var relation, var name])
            {
                record[relation] = Records.Find((string?)row.Fields[relation + "Id"] ?? "") is { } related
                    ? new JsonObject { [name] = related.Fields[name]?.DeepClone() }
                    : null;
                continue;
            }

            record[field] = field switch
            {
                "Id" => row.Id,
                "CreatedDate" => Date(row.Created),
                "SystemModstamp" or "LastModifiedDate" => Date(row.Modified),
                _ => row.Fields[field]?.DeepClone(),
            };
        }

        return record;
    }

    // Every field that some record of the object has, and those that all have, save the hidden ones.
    private Task DescribeAsync(HttpContext http, string type)
    {
        if (Records.Hidden.Contains(type))
        {
            return RefuseAsync(http, 404, "NOT_FOUND");
        }

        string[] always = ["Id", "CreatedDate", "LastModifiedDate", "SystemModstamp", "IsDeleted"];
        var fields = always.Concat(Records.Of(type).SelectMany(row => row.Fields.Select(field => field.Key))).Distinct()
            .Where(field => !Records.Hidden.Contains(type + "." + field));
        return http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["name"] = type,
            ["fields"] = new JsonArray([.. fields.Select(
                field => (JsonNode)new JsonObject { ["name"] = field, ["type"] = TypeOf(type, field) })]),
        });
    }

    private string TypeOf(string type, string field) =>
        Records.Of(type).Select(row => row.Fields[field]).FirstOrDefault(value => value is not null)?.GetValueKind() switch
        {
            JsonValueKind.Number => "double",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => "string",
        };

    private Task DeletedAsync(HttpContext http, string type)
    {
        var (start, end) = (Minute(http.Request.Query["start"]), Minute(http.Request.Query["end"]));
        var now = Time.GetUtcNow();
        if (end - start < TimeSpan.FromMinutes(1) || start < now.AddDays(-DeletedDays))
        {
            return RefuseAsync(http, 400, "INVALID_REPLICATION_DATE");
        }

        var deleted = Records.DeletedOf(type, start, end).Select(row => (JsonNode)new JsonObject
        {
            ["deletedDate"] = Date(row.Deleted!.Value), ["id"] = row.Id,
        });
        return http.Response.WriteAsJsonAsync(new JsonObject
        {
            ["deletedRecords"] = new JsonArray([.. deleted]),
            ["earliestDateAvailable"] = Date(EarliestDeletion ?? now.AddDays(-DeletedDays)),
            ["latestDateCovered"] = Date(end),
        });
    }

    private async Task BodyAsync(HttpContext http, string id)
    {
        if (Records.Find(id) is not { } row)
        {
            await RefuseAsync(http, 404, "NOT_FOUND");
            return;
        }

        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = row.Body.Length;
        await http.Response.Body.WriteAsync(row.Body);
    }

    private Dictionary<string, object> Granted() => new()
    {
        ["instance_url"] = InstanceUrl ?? Url.AbsoluteUri.TrimEnd('/'),
        ["id"] = $"https://login.salesforce.com/id/{OrganizationId}/{UserId}",
        ["issued_at"] = Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
        ["scope"] = "api id refresh_token",
    };

    // The seconds of a span do not count.
    private static DateTimeOffset Minute(string? text)
    {
        var date = DateTimeOffset.Parse(text!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return date.AddTicks(-(date.Ticks % TimeSpan.TicksPerMinute));
    }

    private static string Date(DateTimeOffset date) =>
        date.UtcDateTime.ToString(DateForm, CultureInfo.InvariantCulture) + "+0000";

    private static Task RefuseAsync(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new JsonArray(new JsonObject { ["message"] = "Refused: " + code, ["errorCode"] = code }));
    }
}
