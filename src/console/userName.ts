import { useSelector } from 'react-redux';

// Where the console keeps who is logged in (SDK 4.22: app/core/reducers/coreSelectors, which it does not hand out).
const userNameIn = (state: { readonly sdkCore?: { readonly user?: { readonly username?: string } } }): string => state.sdkCore?.user?.username ?? '';

/** The name of the user who is logged in; empty where the console does not know it. */
export const useUserName = (): string => useSelector(userNameIn);
