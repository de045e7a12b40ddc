using AnyFetch.Core.Descriptions;
using AnyFetch.Core.Errors;

namespace AnyFetch.Manager.Descriptions;

/// <summary>What the OpenAPI document says about the manager's endpoints for programs.</summary>
internal static class ManagerDescriptions
{
    /// <summary>The group of the manager's routes.</summary>
    public const string Tag = "Manager";

    private static readonly string[] s_encodings = ["application/x-www-form-urlencoded", "application/json"];

    public static EndpointDescription Exchange { get; } = DescribeExchange(
        "exchangeCode",
        "Trades the code that `GET /oauth/authorize` gave. A code is good once, for 10 minutes; using it again revokes "
            + "the token that it gave.");

    public static EndpointDescription ExchangeAlias { get; } =
        DescribeExchange("exchangeCodeAlias", "Another path of `POST /oauth/access_token`.");

    public static EndpointDescription NameAccount { get; } = new(
        "nameAccount",
        Tag,
        "Name the account of a token",
        AnswerDescription.Done("Named; the token no longer needs a refresh."))
    {
        Text = "The token in the body is the credential. Basic tokens stand for no account and are refused.",
        Body = new BodyDescription(
            Schema.Ref("AccountName"),
            """{"access_token":"0123456789012345678901234567890123456789","account_name":"ada@dropbox.example"}""")
        {
            MediaTypes = s_encodings,
        },
        Errors = [ErrorCode.InvalidCredentials, ErrorCode.ForbiddenScheme, ErrorCode.MissingParameter],
    };

    public static EndpointDescription ListMarketplace { get; } = new(
        "listMarketplace",
        Tag,
        "The providers that users may connect",
        AnswerDescription.Json("The providers; applications that read are not listed.", Schema.ListOf("MarketplaceEntry")))
    {
        Parameters =
        [
            new("trusted", Schema.Flag, "Only those that the operator trusts.", "true"),
            new("featured", Schema.Flag, "Only those that the operator recommends.", "true"),
        ],
    };

    private static EndpointDescription DescribeExchange(string operation, string text) => new(
        operation,
        Tag,
        "Trade a code for a token",
        AnswerDescription.Json("The token. Never cached.", Schema.Ref("ExchangedToken")))
    {
        Text = text,
        Body = new BodyDescription(
            Schema.Ref("CodeExchange"),
            """
            {"client_id":"53270000f9ad0b3a6a000004","client_secret":"0123456789abcdef","code":"0123456789",
             "grant_type":"authorization_code"}
            """)
        {
            MediaTypes = s_encodings,
        },
        OtherAnswers =
        [
            Failure(400, "`invalid_grant`: the code is unknown, expired, used or of another client, or `redirect_uri` "
                + "differs. `invalid_request`: the body cannot be read."),
            Failure(401, "`invalid_client`: the client is unknown or its secret is wrong."),
            Failure(409, "`invalid_request`: a parameter is missing. `unsupported_grant_type`: only "
                + "`authorization_code` is known."),
            Failure(413, "`invalid_request`: the body is too large."),
        ],
    };

    private static AnswerDescription Failure(int status, string text) =>
        AnswerDescription.Json(text, Schema.Ref("ExchangeError"), status: status);
}
