using AnyFetch.Api.OpenApi;
using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Api.Hydraters;

/// <summary>What the OpenAPI document says about hydraters.</summary>
internal static class HydraterDescriptions
{
    private const string Tag = "Hydraters";

    public static EndpointDescription List { get; } = new(
        "listHydraters",
        Tag,
        "The hydraters",
        AnswerDescription.Json("The built-in ones, and those of the company and the companies above it.", Schema.ListOf("Hydrater")));

    public static EndpointDescription Get { get; } = new(
        "getHydrater",
        Tag,
        "One hydrater",
        AnswerDescription.Json("The hydrater.", Schema.Ref("Hydrater")));

    public static EndpointDescription Add { get; } = new(
        "createHydrater",
        Tag,
        "Register a hydrater",
        AnswerDescription.Json("The new hydrater.", Schema.Ref("Hydrater")))
    {
        Text = "It runs once a company lists it in `hydraters`.",
        Body = DescribedBody.Of("HydraterInput"),
        Errors = [ErrorCode.MissingParameter],
    };

    public static EndpointDescription Delete { get; } = new(
        "deleteHydrater",
        Tag,
        "Take a hydrater out of use",
        AnswerDescription.Done("The company and those below it no longer run it."))
    {
        Text = "One that the company owns is removed. Documents that it worked on stay as they are.",
        Errors = [ErrorCode.NotFound],
    };
}
