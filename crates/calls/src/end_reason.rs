//! Why a call ended, in one word for all platforms. The lists of raw values are long and grow: an unknown one is
//! `unknown`, never an error.

pub const CLASSES: [&str; 16] = [
    "customer_hangup",
    "agent_hangup",
    "completed",
    "transferred",
    "voicemail",
    "silence_timeout",
    "max_duration",
    "no_answer",
    "busy",
    "rejected",
    "canceled",
    "invalid_destination",
    "blocked",
    "error_provider",
    "error_agent",
    "unknown",
];

/// Raw values without case, spaces and punctuation → class. Numbers are Q.850 causes.
const EXACT: [(&str, &str); 15] = [
    (
        "customer_hangup",
        "userhangup humangoodbye user endedbycustomer recvbye customerhangup clientinitiated humanpickupcutoff caller \
         customer",
    ),
    (
        "agent_hangup",
        "agenthangup agentgoodbye assistant endedbyassistant agent sendbye assistantendedcall \
         assistantsaidendcallphrase \
         participantremoved kickedout",
    ),
    (
        "completed",
        "completed normalclearing callfinished hangup vonagecompleted \
         callinprogresstwiliocompletedcall callinprogresssipcompletedcall vonagedisconnected \
         roomdeleted roomclosed 16 \
         normalhangup normalunspecified endofxml endofxmlinstructions multipartyended",
    ),
    (
        "transferred",
        "assistantforwardedcall calltransfer transferbridged transferred blindtransfer \
         attendedtransfer rcctransfer dtmftransfer blindtransferred attendedtransferred calltakeover \
         callringinghookexecutedtransfer callendinghookexecutedtransfer",
    ),
    (
        "voicemail",
        "voicemail voicemailreached voicemailmessageleft hanguponvoicemail leftvoicemail machine \
         ivrreached",
    ),
    (
        "silence_timeout",
        "silencetimedout inactivity silencetimeout",
    ),
    (
        "max_duration",
        "exceededmaxduration maxdurationreached timelimit maxduration alottedtimeout allottedtimeout",
    ),
    (
        "no_answer",
        "customerdidnotanswer dialnoanswer noanswer unanswered agentsdidnotanswer timeout \
         nouserresponse userunavailable missed callforwardingnoanswer registeredcalltimeout \
         errorusernotjoined noavailableagent outofopeninghours shortabandoned abandonedinivr \
         abandonedinclassic 18 19 20 \
         nouserresponding useralertingnoanswer subscriberabsent usernotregistered endpointnotregistered progresstimeout",
    ),
    (
        "busy",
        "customerbusy dialbusy busy userbusy targetbusy callforwardingoperatorbusy 17",
    ),
    (
        "rejected",
        "userdeclined callrejected rejected userrejected vonagerejected declined recvrefuse 21",
    ),
    (
        "canceled",
        "canceled cancelled usercanceled originatorcancel manualstopped manuallycanceled scheduledcalldeleted \
         calldeleted recvcancel sendcancel transfercancelled loserace \
         callringingsipinboundcallerhungupbeforecallconnect discarded expired",
    ),
    (
        "invalid_destination",
        "invaliddestination notfound unallocatednumber invalidnumber invalidnumberformat \
         twilioreportedcustomermisdialed nosuchuser noroutedestination numberchanged 1 2 3 22 28 \
         unallocatedunassignednumber noroutetodestination invaliddestinationaddress outofservice invalidurl",
    ),
    (
        "blocked",
        "markedasspam scamdetected spam concurrencylimitreached noconcurrencyfallback novalidpayment \
         telephonyproviderpermissiondenied destinationblocked notenoughfunds internationaldisabled \
         countrybarred numberbarred",
    ),
    (
        "error_provider",
        "errorretell telephonyproviderunavailable siproutingerror siptrunkfailure servershutdown \
         workershutdown dialfailed failed twiliofailedtoconnectcall vonagefailedtoconnectcall \
         phonecallproviderclosedwebsocket phonecallproviderbypassenabledbutnocallreceived \
         internalerror calldropped connectiontimeout mediafailure joinfailure signalclose \
         normaltemporaryfailure networkoutoforder recoveryontimerexpire outboundattemptfailed 34 38 \
         41 42 102 \
         destinationoutoforder circuitchannelcongestion serviceunavailable incompatibledestination gatewaydown invalidgateway",
    ),
    (
        "error_agent",
        "assistantjointimedout agentdropped assistantrequestfailed assistantnotvalid \
         assistantnotfound",
    ),
];

/// Families that platforms add to: the first of which a part stands in the word decides.
const FAMILIES: [(&str, &str); 9] = [
    ("error_provider", "vapifault"),
    (
        "error_agent",
        "providerfault pipelineerror errorpipeline errorllm assistantrequest assistantnot",
    ),
    ("blocked", "concurrencylimit subscription fraud dailylimit"),
    ("error_provider", "error failure failed"),
    ("customer_hangup", "customerended"),
    ("agent_hangup", "assistantended assistantsaid"),
    ("voicemail", "voicemail"),
    ("no_answer", "noanswer didnotanswer"),
    ("busy", "busy"),
];

/// The class of a platform's own word, one of [`CLASSES`].
pub fn class(raw: &str) -> &'static str {
    let letters = raw.bytes().filter(u8::is_ascii_alphanumeric).take(128);
    let squashed: String = letters
        .map(|byte| byte.to_ascii_lowercase() as char)
        .collect();
    // `NO_ANSWER 19`: a name followed by its cause number.
    let word = match squashed.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "" => squashed.as_str(),
        word => word,
    };
    let find = |table: &[(&'static str, &str)], holds: fn(&str, &str) -> bool| {
        let mut classes = table.iter();
        let class = classes.find(|(_, words)| words.split(' ').any(|known| holds(word, known)));
        class.map(|(class, _)| *class)
    };
    find(&EXACT, |word, known| word == known)
        .or_else(|| find(&FAMILIES, |word, part| word.contains(part)))
        .unwrap_or("unknown")
}
