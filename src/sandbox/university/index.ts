import { SANDBOX_CREDENTIALS, type SandboxState } from '../state.ts';
import { accountDocuments, pressDocuments } from './account.ts';
import { basicUserDocuments, groupDocuments, licensedUserDocuments } from './members.ts';

const STUDENTS = 'grp-students-000000001';
const REGISTRAR = 'grp-registrar-00000002';
const GUESTS = 'grp-guests-0000000003';

/** Example University: the organisation that the sandbox starts with. `examples/university/state.json` is the same. */
export function universityState(): SandboxState {
  return {
    account: { id: SANDBOX_CREDENTIALS.accountId, name: 'Example University', documents: accountDocuments() },
    groups: [
      { id: STUDENTS, name: 'Students', documents: groupDocuments({ 'in_meeting.feedback': true }) },
      {
        id: REGISTRAR,
        name: 'Staff – Registrar',
        documents: groupDocuments({ 'recording.auto_recording': 'cloud' }, ['in_meeting.annotation']),
      },
      { id: GUESTS, name: 'Staff Guests', documents: groupDocuments({ 'in_meeting.breakout_room': false }) },
    ],
    users: [
      {
        id: 'usr-dean-000000000001',
        email: 'dean@example.edu',
        groupIds: [REGISTRAR],
        status: 'active',
        documents: licensedUserDocuments({ 'recording.auto_recording': 'local' }),
      },
      {
        id: 'usr-registrar-00000002',
        email: 'registrar@example.edu',
        groupIds: [REGISTRAR, GUESTS],
        status: 'active',
        documents: licensedUserDocuments(),
      },
      {
        id: 'usr-student-000000003',
        email: 'student@example.edu',
        groupIds: [STUDENTS],
        status: 'active',
        documents: basicUserDocuments(),
      },
      // Invited and not yet here: Zoom knows no settings of such a user.
      { id: 'usr-newcomer-00000004', email: 'newcomer@example.edu', groupIds: [], status: 'pending', documents: {} },
    ],
    subAccounts: [
      {
        id: 'sandbox-press',
        account: { id: 'sandbox-press', name: 'Example University Press', documents: pressDocuments() },
        groups: [{ id: 'grp-editors-0000000004', name: 'Editors', documents: groupDocuments() }],
        users: [
          {
            id: 'usr-editor-0000000005',
            email: 'editor@example.com',
            groupIds: ['grp-editors-0000000004'],
            status: 'active',
            documents: licensedUserDocuments(),
          },
        ],
      },
    ],
    credentials: SANDBOX_CREDENTIALS,
  };
}
