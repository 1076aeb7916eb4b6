// The room's page: every element by its name. <room-talk> comes last, for it calls the others.

import { CrisisCoach } from "../crisis/crisis-coach.js";
import { CrisisHelp } from "../crisis/crisis-help.js";
import { HelpPanel } from "../crisis/help-panel.js";
import { EndSide } from "./end-side.js";
import { LeadPanel } from "./lead-panel.js";
import { LeaveRoom } from "./leave-room.js";
import { LineState } from "./line-state.js";
import { OwnSettings } from "./own-settings.js";
import { PauseRoom } from "./pause-room.js";
import { PeopleHere } from "./people-here.js";
import { ReportWords } from "./report-words.js";
import { RoomCode } from "./room-code.js";
import { RoomEnd } from "./room-end.js";
import { RoomPanels } from "./room-panels.js";
import { SaidAloud } from "./said-aloud.js";
import { SaidList } from "./said-list.js";
import { SaidMenu } from "./said-menu.js";
import { SideHelp } from "./side-help.js";
import { SideWords } from "./side-words.js";
import { StepClock } from "./step-clock.js";
import { RoomTalk } from "./talk.js";
import { TalkingPiece } from "./talking-piece.js";
import { WhoWrites } from "./who-writes.js";
import { WordBox } from "./word-box.js";

const ELEMENTS = {
  "crisis-coach": CrisisCoach, "crisis-help": CrisisHelp, "end-side": EndSide, "help-panel": HelpPanel,
  "lead-panel": LeadPanel, "leave-room": LeaveRoom, "line-state": LineState,
  "own-settings": OwnSettings, "pause-room": PauseRoom, "people-here": PeopleHere, "report-words": ReportWords,
  "room-code": RoomCode, "room-end": RoomEnd, "room-panels": RoomPanels, "said-aloud": SaidAloud,
  "said-list": SaidList, "said-menu": SaidMenu, "side-help": SideHelp, "side-words": SideWords, "step-clock": StepClock,
  "talking-piece": TalkingPiece, "who-writes": WhoWrites, "word-box": WordBox, "room-talk": RoomTalk,
};

for (const [name, element] of Object.entries(ELEMENTS)) customElements.define(name, element);
