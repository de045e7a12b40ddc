using AnyFetch.Core.Descriptions;

namespace AnyFetch.Manager.Descriptions;

/// <summary>What the OpenAPI document says about the pages that programs send a browser to.</summary>
internal static class PageDescriptions
{
    private const string Return = "/app";

    private static readonly ParameterDescription s_returnTo = new(
        "return_to",
        Schema.Text,
        "Where the journey ends: a path of this server, or an address of a registered application. Others are ignored.",
        Return);

    public static EndpointDescription Authorize { get; } = new(
        "authorize",
        ManagerDescriptions.Tag,
        "Ask a user to let an application in",
        AnswerDescription.Page("The question, or, for an out-of-band application, the code."))
    {
        Text = "OAuth 2.0's authorization-code grant. Signs in first when needed. Allowing leads to `redirect_uri` with "
            + "`code`, `state` and `return_to`; denying with `error=access_denied`.",
        Parameters =
        [
            new("client_id", Schema.Id, "The application.", "53270000f9ad0b3a6a000004") { IsRequired = true },
            new("redirect_uri", Schema.Text, "Exactly the address that the application registered.",
                "https://app.example.com/callback") { IsRequired = true },
            new("response_type", """{"const":"code"}""", "`code`, if it is sent.", "code"),
            new("state", Schema.Text, "Comes back unchanged.", "af0ifjsldkj"),
            new("replace_existing_token", Schema.Flag, "The new token takes the place of the one before; nothing is asked "
                + "again.", "true"),
            new("approval_prompt", Schema.Flag, "With the above: asks all the same.", "true"),
            new("code_challenge", Schema.Text, "PKCE's challenge.", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
            new("code_challenge_method", """{"const":"S256"}""", "How the challenge is made.", "S256"),
            s_returnTo,
        ],
        Credentials = CredentialNeed.Session,
        OtherAnswers =
        [
            Elsewhere("To sign in, or back to the application."),
            AnswerDescription.Page("Unknown `client_id`, or another `redirect_uri`: never a redirect.", 400),
        ],
    };

    public static EndpointDescription Connect { get; } = new(
        "connectProvider",
        ManagerDescriptions.Tag,
        "Connect a provider",
        AnswerDescription.Page("The question, for a provider that the operator does not trust."))
    {
        Text = "Makes a code for the provider and goes to its callback address with `code` and `return_to`.",
        Parameters = [s_returnTo],
        Credentials = CredentialNeed.Session,
        OtherAnswers =
        [
            Elsewhere("To the provider, or to sign in."),
            AnswerDescription.Page("There is no such provider.", 404),
        ],
    };

    public static EndpointDescription Connected { get; } = new(
        "showConnected",
        ManagerDescriptions.Tag,
        "How connecting a provider went",
        AnswerDescription.Page("The result, in words."))
    {
        Parameters =
        [
            new("state", """{"type":"string","enum":["success","canceled","danger"]}""", "The result.", "success"),
            new("message", Schema.Text, "Why, in the provider's words.", "Connected"),
        ],
        Credentials = CredentialNeed.Session,
        OtherAnswers = [Elsewhere("To sign in.")],
    };

    public static EndpointDescription SignIn { get; } = Form("showSignIn", "The page to sign in");

    public static EndpointDescription SignUp { get; } = Form("showSignUp", "The page to make an account") with
    {
        OtherAnswers = [Elsewhere("Already signed in."), AnswerDescription.Page("Accounts are made by invitation.", 403)],
    };

    public static EndpointDescription SignOut { get; } = new(
        "signOut",
        ManagerDescriptions.Tag,
        "End the session",
        Elsewhere("To the page to sign in."));

    private static EndpointDescription Form(string operation, string summary) =>
        new(operation, ManagerDescriptions.Tag, summary, AnswerDescription.Page("A form."))
        {
            Parameters = [s_returnTo],
            OtherAnswers = [Elsewhere("Already signed in.")],
        };

    private static AnswerDescription Elsewhere(string text) => new(302, text);
}
