using AnyFetch.Core.Descriptions;

namespace AnyFetch.Server.Health;

/// <summary>What the OpenAPI document says about what machines ask.</summary>
internal static class HealthDescriptions
{
    private const string Tag = "Server";

    public static EndpointDescription Live { get; } = new(
        "isLive", Tag, "Whether the process answers", AnswerDescription.Json("It does.", Schema.Ref("Health")));

    public static EndpointDescription Ready { get; } = new(
        "isReady", Tag, "Whether the server can work", AnswerDescription.Json("It can.", Schema.Ref("Health")))
    {
        OtherAnswers = [AnswerDescription.Json("It cannot, and which part is why.", Schema.Ref("Health"), status: 503)],
    };

    public static EndpointDescription Metrics { get; } = new(
        "getMetrics",
        Tag,
        "Counters and gauges",
        new AnswerDescription(200, "Prometheus' text format.") { MediaType = "text/plain" });
}
